import type { Clock, KeyValueStore, StoreChange } from '@switchboard/core/contract';
import type { Participant } from '../wire/participant.ts';
import { isOver, leave, lose, presentLegs, see, type Tracked } from './tracked.ts';

/** What was told of a call: of how many answers, whether it is over, whether anybody was shown it. */
export type Progress = { readonly answers: number; readonly isOver: boolean; readonly isShown: boolean };

const nothing: Progress = { answers: 0, isOver: false, isShown: false };

type Entry = { readonly call: Tracked; readonly told: Progress };

/** A call may go on after a moment in which nobody is in it whom the hub can see: between two rounds of a queue, on its way to another agent. */
const LINGERS_MS = 60_000;
/** No call is held longer than that after its last frame. */
const KEPT_MS = 86_400_000;
/** As many as the store tells at once. */
const PAGE = 1000;

/** Where the store keeps a call that goes on. @param recordId the id that its record has or will have */
export const liveKey = (recordId: string): string => `live/${recordId}`;

type Sources = { readonly store: Pick<KeyValueStore, 'range'>; readonly clock: Clock };

/**
 * The calls that go on. They are in memory, and in the store for the process that takes over. A frame costs the same however many there are.
 *
 * @param recordIdOf the id that the record of a call has or will have
 */
export function createBook({ store, clock }: Sources, recordIdOf: (call: Tracked) => string) {
  const entries = new Map<number, Entry>();
  /** The call in which a participant rings or talks. */
  const places = new Map<string, number>();
  /** Calls whose end was told, with the moment: the earliest first. */
  const ended = new Map<number, number>();
  let opening: Promise<void> | undefined;

  async function load(): Promise<void> {
    for (let from = liveKey(''); ;) {
      const page = await store.range(from, 'live0', PAGE);
      for (const { value } of page) hold(value as Entry);
      const last = page.at(-1);
      if (last === undefined || page.length < PAGE) return;
      from = `${last.key}\0`;
    }
  }

  function hold(entry: Entry): void {
    const { call, told } = entry;
    const { callId } = call;
    entries.set(callId, entry);
    for (const { dn, participantId, endedAt } of call.legs) {
      const place = placeOf(dn, participantId);
      if (endedAt === undefined) places.set(place, callId);
      else if (places.get(place) === callId) places.delete(place);
    }
    ended.delete(callId);
    if (told.isOver && isOver(call)) ended.set(callId, clock.now());
  }

  function put(call: Tracked): number {
    hold({ call, told: entries.get(call.callId)?.told ?? nothing });
    return call.callId;
  }

  function forgetOld(): void {
    for (const [callId, at] of ended) {
      if (clock.now() - at <= LINGERS_MS) return;
      ended.delete(callId);
      entries.delete(callId);
    }
  }

  function endIn(callId: number | undefined, end: (call: Tracked) => Tracked): number[] {
    const call = callId === undefined ? undefined : entries.get(callId)?.call;
    return call === undefined ? [] : [put(end(call))];
  }

  return {
    /** Reads what another process held. Asked twice, it reads once. */
    async open(): Promise<void> {
      opening ??= load().catch((error: unknown) => {
        opening = undefined;
        throw error;
      });
      await opening;
    },
    /** Calls of which there is more to tell: they go on, or their end was not told. */
    unfinished: () => [...entries.keys()].filter((callId) => !ended.has(callId)),
    get: (callId: number) => entries.get(callId),
    /** Participants that ring or talk. */
    present: () => [...entries.values()].flatMap(({ call }) => presentLegs(call)),
    /** @returns the calls that changed; a participant may move from one to another */
    see(participant: Participant, type: string, at: string): number[] {
      forgetOld();
      const { dn, id, callId } = participant;
      const before = places.get(placeOf(dn, id));
      const left = before === callId ? [] : endIn(before, (call) => leave(call, dn, id, at));
      const known = entries.get(callId)?.call;
      const next = see(known, participant, type, at);
      return next === known ? left : [...left, put(next)];
    },
    /** @returns the calls that changed */
    leave: (dn: string, participantId: number, at: string): number[] =>
      endIn(places.get(placeOf(dn, participantId)), (call) => leave(call, dn, participantId, at)),
    /** The same for who left unseen. */
    lose: (dn: string, participantId: number, lastSeenAt: string): number[] =>
      endIn(places.get(placeOf(dn, participantId)), (call) => lose(call, dn, participantId, lastSeenAt)),
    /** What the store is to hold of a call. */
    keep(call: Tracked, told: Progress): StoreChange {
      const keptMs = isOver(call) ? LINGERS_MS : KEPT_MS;
      return {
        key: liveKey(recordIdOf(call)),
        value: { call, told } satisfies Entry,
        expiresAt: new Date(clock.now() + keptMs),
      };
    },
    /** Notes what was told, once that is committed. */
    settle(callId: number, told: Progress): void {
      const entry = entries.get(callId);
      if (entry !== undefined) hold({ ...entry, told });
    },
  };
}

const placeOf = (dn: string, participantId: number): string => `${dn}/${participantId}`;
