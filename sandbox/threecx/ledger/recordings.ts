import type { Cdr, CdrLeg } from '../calls/cdr.ts';
import { isTalk, talkMs } from '../calls/cdr.ts';
import type { Directory } from '../directory/directory.ts';
import { sampleText } from '../pbx/script.ts';

/** A recorded talk. Its file and its text are there some time after it. */
export type Recording = {
  readonly id: number;
  readonly cdr: Cdr;
  readonly leg: CdrLeg;
  /** The extension whose setting made the recording. */
  readonly agent: string;
  /** Milliseconds since the epoch from which on the file is listed. */
  readonly readyAt: number;
  /** From which on the text is there; null until somebody asks for it. */
  readonly textAt: number | null;
  /** Auto-delete and archives take files away; the row stays. */
  readonly hasFile: boolean;
};

export type Text = { readonly transcription: string; readonly summary: string; readonly sentiment: number };

/** The talks of a call that the settings of its extensions say to record. */
export function recordedLegs(cdr: Cdr, { users }: Directory): { leg: CdrLeg; agent: string }[] {
  return cdr.legs.filter(isTalk).flatMap((leg) => {
    const agent = leg.kind === 'extension' ? leg.dn : leg.from.dn;
    const user = users.byNumber(agent);
    // The way from a queue's callback to its agent is part of the talk that follows.
    const recorded = user !== undefined && user.RecordCalls && !user.ForbidRecording && leg.reason !== 'Callback';
    return recorded && !(user.RecordExternalCallsOnly && cdr.direction === 'Internal') ? [{ leg, agent }] : [];
  });
}

export function textOf({ textAt, leg }: Recording, now: number): Text | undefined {
  if (textAt === null || textAt > now || talkMs(leg) === 0) return undefined;
  const { transcription, summary, sentiment } = sampleText;
  return { transcription, summary, sentiment: Number(sentiment) };
}
