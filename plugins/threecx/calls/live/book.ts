import type { KeyValueStore, StoreChange } from '@switchboard/core/contract';
import type { Participant } from '../wire/participant.ts';
import { isOver, leave, presentLegs, see, type Tracked } from './tracked.ts';

/** What was told of a call: of how many answers, whether it is over, whether anybody was shown it. */
export type Progress = { readonly answers: number; readonly isOver: boolean; readonly isShown: boolean };

const nothing: Progress = { answers: 0, isOver: false, isShown: false };

type Entry = { readonly call: Tracked; readonly told: Progress };

/** A call may go on after a moment in which nobody is in it whom the hub can see: between two rounds of a queue, on its way to another agent. */
const LINGERS_MS = 60_000;
/** No call is held longer than that after its last frame. */
const KEPT_MS = 86_400_000;

/** Where the store keeps a call that goes on. @param recordId the id that its record has or will have */
export const liveKey = (recordId: string): string => `live/${recordId}`;

/**
 * The calls that go on. They are in memory, and in the store for the process that takes over.
 *
 * @param recordIdOf the id that the record of a call has or will have
 */
export function createBook(store: KeyValueStore, recordIdOf: (call: Tracked) => string) {
  const entries = new Map<number, Entry>();
  let opening: Promise<void> | undefined;

  async function load(): Promise<void> {
    for (const { value } of await store.range('live/', 'live0', 1000)) {
      const entry = value as Entry;
      entries.set(entry.call.callId, entry);
    }
  }

  function put(call: Tracked): number {
    entries.set(call.callId, { call, told: entries.get(call.callId)?.told ?? nothing });
    return call.callId;
  }

  function forgetOld(at: string): void {
    for (const [callId, { call, told }] of entries) {
      const lastEnd =
        call.legs
          .map(({ endedAt }) => endedAt ?? '')
          .toSorted()
          .at(-1) ?? '';
      if (told.isOver && isOver(call) && Date.parse(at) - Date.parse(lastEnd) > LINGERS_MS) entries.delete(callId);
    }
  }

  function leaveIn(callIds: Iterable<number>, dn: string, participantId: number, at: string): number[] {
    return [...callIds].flatMap((callId) => {
      const call = entries.get(callId)?.call;
      const next = call && leave(call, dn, participantId, at);
      return next === undefined || next === call ? [] : [put(next)];
    });
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
    callIds: () => [...entries.keys()],
    get: (callId: number) => entries.get(callId)?.call,
    toldOf: (callId: number) => entries.get(callId)?.told ?? nothing,
    /** Participants that ring or talk. */
    present: () => [...entries.values()].flatMap(({ call }) => presentLegs(call)),
    /** @returns the calls that changed; a participant may move from one to another */
    see(participant: Participant, type: string, at: string): number[] {
      forgetOld(at);
      const { dn, id, callId } = participant;
      const others = [...entries.keys()].filter((other) => other !== callId);
      const left = leaveIn(others, dn, id, at);
      const known = entries.get(callId)?.call;
      const next = see(known, participant, type, at);
      return next === known ? left : [...left, put(next)];
    },
    /** @returns the calls that changed */
    leave: (dn: string, participantId: number, at: string): number[] => leaveIn(entries.keys(), dn, participantId, at),
    /** What the store is to hold of a call. */
    keep(call: Tracked, told: Progress, now: number): StoreChange {
      const keptMs = isOver(call) ? LINGERS_MS : KEPT_MS;
      return {
        key: liveKey(recordIdOf(call)),
        value: { call, told } satisfies Entry,
        expiresAt: new Date(now + keptMs),
      };
    },
    /** Notes what was told, once that is committed. */
    settle(callId: number, told: Progress): void {
      const entry = entries.get(callId);
      if (entry !== undefined) entries.set(callId, { ...entry, told });
    },
  };
}
