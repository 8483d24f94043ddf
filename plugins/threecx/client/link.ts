import { setTimeout as delay } from 'node:timers/promises';
import type { Clock, Logger } from '@switchboard/core/contract';
import { type CallWatch } from '../calls/live/watch.ts';
import { readParticipant } from '../calls/wire/participant.ts';
import type { CallControl, Frame, WatchedDn } from './call-control.ts';
import { createTurns } from './turns.ts';

export type LinkOptions = {
  readonly callControl: CallControl;
  readonly watch: CallWatch;
  readonly clock: Clock;
  readonly log: Logger;
  /** Called when the link holds, and about every minute while it does. */
  readonly onHeld: () => Promise<void>;
};

/** The link held so long was a good one: the next pause begins small again. */
const GOOD_MS = 60_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 120_000;
const HELD_MS = 60_000;

const UPSERT = 0;
const REMOVE = 1;

/**
 * Holds the live link to a PBX until the signal aborts. 3CX replays nothing: every link begins with the state as it is, and so does every gap in
 * the numbers of the frames.
 *
 * @throws what waiting does not cure: refused credentials, missing permission
 */
export async function holdLink(options: LinkOptions, signal: AbortSignal): Promise<void> {
  const { watch, clock, log } = options;
  let pauseMs = FIRST_PAUSE_MS;
  while (!signal.aborted) {
    const since = clock.now();
    try {
      await holdOnce(options, signal);
    } catch (error) {
      if (signal.aborted) break;
      if (!isPassing(error)) throw error;
      log.warn({ err: error }, 'The live link to 3CX ended');
    } finally {
      await watch.lost();
    }
    pauseMs = clock.now() - since > GOOD_MS ? FIRST_PAUSE_MS : Math.min(pauseMs * 2, LONGEST_PAUSE_MS);
    await delay(pauseMs * (0.5 + Math.random() / 2), undefined, { signal }).catch(() => {});
  }
}

function isPassing(error: unknown): boolean {
  return (error as { retry?: unknown }).retry !== 'never';
}

async function holdOnce({ callControl, watch, log, onHeld }: LinkOptions, outer: AbortSignal): Promise<void> {
  const ending = new AbortController();
  const signal = AbortSignal.any([outer, ending.signal]);
  const stream = await callControl.open(signal);
  const beat = setInterval(() => void onHeld().catch(stream.close), HELD_MS);
  try {
    // What could not be asked for or committed is known again by the next link.
    const turns = createTurns(stream.close);
    const awaited = new Set<string>();
    let types = await reconcile();
    let sequence: number | undefined;
    log.info({ numbers: types.size }, 'The live link to 3CX holds');
    await onHeld();
    for await (const frame of stream.frames) {
      const isNext = sequence === undefined || frame.sequence === sequence + 1;
      sequence = frame.sequence;
      if (!isNext) {
        await turns.settled();
        types = await reconcile();
      }
      const at = participantOf(frame);
      if (at !== undefined) follow(frame.event.event_type, at);
    }
    await turns.settled();

    async function reconcile(): Promise<ReadonlyMap<string, string>> {
      const dns = await callControl.snapshot(signal);
      await watch.reconcile(dns.flatMap(participantsOf));
      return new Map(dns.map(({ dn, type }) => [dn, type]));
    }

    /** Frames of one participant one after the other: a state that was asked for before its end must not come after it. */
    function follow(kind: number, at: { dn: string; id: number }): void {
      const key = `${at.dn}/${at.id}`;
      if (kind === REMOVE) {
        awaited.delete(key);
        turns.take(key, async () => await watch.gone(at.dn, at.id));
      } else if (kind === UPSERT && !awaited.has(key)) {
        // 3CX repeats frames of one state: whoever waits to be asked for is asked for once.
        awaited.add(key);
        turns.take(key, async () => {
          awaited.delete(key);
          await ask(at);
        });
      }
    }

    async function ask({ dn, id }: { dn: string; id: number }): Promise<void> {
      const participant = readParticipant(await callControl.participant(dn, id, signal));
      // Gone before it could be asked for.
      if (participant === undefined) await watch.gone(dn, id);
      else await watch.seen(participant, types.get(dn) ?? '');
    }
  } finally {
    clearInterval(beat);
    ending.abort();
    stream.close();
  }
}

function participantsOf({ type, participants }: WatchedDn) {
  return participants.flatMap((json) => {
    const participant = readParticipant(json);
    return participant === undefined ? [] : [{ ...participant, type }];
  });
}

/** `/callcontrol/150/participants/8106` */
function participantOf({ event: { entity } }: Frame): { dn: string; id: number } | undefined {
  const [dn, kind, id] = entity.split('/').slice(-3);
  if (kind !== 'participants' || dn === undefined || !/^\d+$/.test(id ?? '')) return undefined;
  return { dn: decodeURIComponent(dn), id: Number(id) };
}
