import type { Clock } from '../calls/clock.ts';
import type { Cdr } from '../calls/cdr.ts';
import type { Directory } from '../directory/directory.ts';
import type { Settings } from '../settings.ts';
import { type Said, sampleText } from '../pbx/script.ts';
import { recordedLegs, type Recording } from './recordings.ts';
import { type LogRow, rowsOf } from './rows.ts';

/** What the PBX remembers of calls that are over. */
export type Ledger = {
  /** @param said what is written down already, as soon as it is over; else file and text come when the settings say */
  readonly add: (cdr: Cdr, said?: Said) => void;
  readonly rows: () => readonly LogRow[];
  /** Those whose file is there by now, oldest first. */
  readonly recordings: () => readonly Recording[];
  readonly recordingsOf: (row: Pick<LogRow, 'leg'>) => readonly Recording[];
  /** One of these. */
  readonly recording: (id: number) => Recording | undefined;
  /** Has the text written, some time from now. */
  readonly transcribe: (ids: readonly number[]) => void;
  /** The files go, the rows stay. */
  readonly deleteFiles: (ids: readonly number[]) => void;
};

/** A PBX in a test of load forgets, as one with a full disk. */
const KEPT_CALLS = 200_000;

type Parts = { readonly directory: Directory; readonly settings: Settings; readonly clock: Clock };

export function createLedger({ directory, settings, clock }: Parts): Ledger {
  let rows: LogRow[] = [];
  const recordings = new Map<number, Recording>();
  const byLeg = new WeakMap<LogRow['leg'], number>();
  let lastId = firstRecordingId(clock.now());

  const isReady = ({ readyAt }: Recording) => readyAt <= clock.now();

  function record(cdr: Cdr, said: Said | undefined): void {
    const { recordingAfter, transcriptAfter } = settings.current();
    for (const { leg, agent } of recordedLegs(cdr, directory)) {
      lastId += 1;
      const readyAt = leg.endedAt + (said === undefined ? clock.lasts(recordingAfter) : 0);
      const later = transcriptAfter === null ? null : readyAt + clock.lasts(transcriptAfter);
      const textAt = said === undefined ? later : readyAt;
      recordings.set(lastId, { id: lastId, cdr, leg, agent, readyAt, textAt, hasFile: true, said: said ?? sampleText });
      byLeg.set(leg, lastId);
      recordings.delete(lastId - KEPT_CALLS);
    }
  }

  function change(ids: readonly number[], by: (known: Recording) => Partial<Recording>): void {
    for (const id of ids) {
      const known = recordings.get(id);
      if (known !== undefined) recordings.set(id, { ...known, ...by(known) });
    }
  }

  function recordingsOf({ leg }: Pick<LogRow, 'leg'>): readonly Recording[] {
    const recording = recordings.get(byLeg.get(leg) ?? -1);
    return recording !== undefined && isReady(recording) ? [recording] : [];
  }

  return {
    add(cdr, said) {
      const { voicemailAnswers } = settings.current();
      rows.push(...rowsOf(cdr, { nameOf: directory.nameOf, voicemailAnswers }));
      if (rows.length > 2 * KEPT_CALLS) rows = rows.slice(-KEPT_CALLS);
      record(cdr, said);
    },
    rows: () => rows,
    recordings: () => [...recordings.values()].filter(isReady),
    recordingsOf,
    recording(id) {
      const recording = recordings.get(id);
      return recording !== undefined && isReady(recording) ? recording : undefined;
    },
    transcribe(ids) {
      const { transcriptAfter } = settings.current();
      const textAt = clock.now() + clock.lasts(transcriptAfter ?? 2);
      change(ids, (known) => ({ textAt: known.textAt ?? textAt }));
    },
    deleteFiles: (ids) => change(ids, () => ({ hasFile: false })),
  };
}

/** Ids grow over restarts, for clients read on from the last one they saw: ten a second since 2026. */
function firstRecordingId(now: number): number {
  return Math.floor((now - Date.UTC(2026, 0, 1)) / 100);
}
