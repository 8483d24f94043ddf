import type { Cdr, CdrLeg } from '../calls/cdr.ts';
import { isTalk, talkMs } from '../calls/cdr.ts';
import type { Directory } from '../directory/directory.ts';
import type { Said } from '../pbx/script.ts';

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
  readonly said: Said;
};

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

/** What was said, once it is written down. */
export function textOf({ textAt, leg, said }: Recording, now: number): Said | undefined {
  return textAt === null || textAt > now || talkMs(leg) === 0 ? undefined : said;
}

/** The properties that recordings and rows of the log have in common. */
export function textView(said: Said | undefined) {
  if (said === undefined) return { Transcription: null, Summary: null, SentimentScore: null };
  const { transcription, summary, sentiment } = said;
  return { Transcription: transcription, Summary: summary, SentimentScore: Number(sentiment) || null };
}
