import { z } from 'zod';
import type { Party } from '../../party.ts';
import { printable } from '../../payload.ts';
import type { Logged, Segment } from '../account.ts';
import { bounded } from '../bounded.ts';
import { bySequence } from '../join.ts';

/** Rows of `Pbx.CallLogData`: everything but two ids may be null, unknown words are data. One call is several rows. */

const word = z
  .string()
  .nullish()
  .transform((text) =>
    printable(text ?? '')
      .trim()
      .slice(0, 200),
  );
const whole = z
  .number()
  .int()
  .nullish()
  .transform((value) => value ?? 0);

/** `PT1M1.432135S` in seconds. */
const duration = word.transform((text) => {
  const [, days, hours, minutes, seconds] = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$/.exec(text) ?? [];
  const value =
    Number(days ?? 0) * 86_400 + Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return Number.isFinite(value) ? value : 0;
});

const ids = z
  .array(z.object({ Id: z.number().int() }))
  .nullish()
  .transform((recordings) => (recordings ?? []).map(({ Id }) => Id));

const row = z.object({
  MainCallHistoryId: word,
  CdrId: z.string().max(100),
  CallId: z.number().int(),
  SegmentId: whole,
  Indent: whole,
  StartTime: z.iso.datetime({ offset: true }),
  SourceDn: word,
  SourceCallerId: word,
  SourceDisplayName: word,
  DestinationDn: word,
  DestinationCallerId: word,
  DestinationDisplayName: word,
  actionDnDn: word,
  ActionDnCallerId: word,
  ActionDnDisplayName: word,
  RingingDuration: duration,
  TalkingDuration: duration,
  Answered: z
    .boolean()
    .nullish()
    .transform((value) => value ?? false),
  Direction: word,
  CallType: word,
  Reason: word,
  SrcRecId: whole,
  DstRecId: whole,
  Recordings: ids,
  SentimentScore: z.number().nullish(),
});

type LogRow = z.output<typeof row>;

export type LogReading = {
  readonly readAt: Date;
  /** Understands a number of the other side. */
  readonly readNumber: (number: string, direction: Logged['direction']) => Party;
  /** What a DN is, in the words of XAPI's peers; undefined when it is not known. */
  readonly typeOf: (dn: string) => string | undefined;
};

/**
 * Makes accounts of the rows of a window, one per call. Rows that cannot be understood are left out and counted, because one odd row must not
 * hide a whole window.
 */
export function readLog(rows: readonly unknown[], reading: LogReading): { calls: Logged[]; unreadable: number } {
  const parsed = rows.map((one) => row.safeParse(one));
  const readable = parsed.flatMap(({ data }) => (data === undefined || data.MainCallHistoryId === '' ? [] : [data]));
  const groups = Map.groupBy(readable, ({ MainCallHistoryId }) => MainCallHistoryId);
  return {
    calls: [...groups].map(([historyId, members]) => toLogged(historyId, members, reading)),
    unreadable: rows.length - readable.length,
  };
}

function toLogged(historyId: string, rows: readonly LogRow[], reading: LogReading): Logged {
  const segments = rows.map((one) => ({ row: one, segment: toSegment(one, reading) }));
  const sorted = segments.toSorted((one, other) => bySequence(one.segment, other.segment));
  const rowsInOrder = sorted.map(({ row: one }) => one);
  const head = rowsInOrder[0] as LogRow;
  const scores = rows.flatMap(({ SentimentScore }) => SentimentScore ?? []);
  const direction = directionOf(head);
  return {
    channel: 'ledger',
    id: `ledger/${historyId}`,
    historyId,
    startedAt: new Date(head.StartTime).toISOString(),
    direction,
    ...otherSide(rowsInOrder, direction, reading.readNumber),
    did: '',
    ...(scores.length === 0 ? {} : { sentiment: Math.max(...scores) }),
    segments: bounded(
      sorted.map(({ segment }) => segment),
      ({ answered }) => answered,
    ),
  };
}

function directionOf({ Direction }: LogRow): Logged['direction'] {
  if (/^out/i.test(Direction)) return 'OUTBOUND';
  return /^int/i.test(Direction) ? 'INTERNAL' : 'INBOUND';
}

/** Before a call goes out, its own extension may be rung: the other side is the first public number. */
function otherSide(
  rows: readonly LogRow[],
  direction: Logged['direction'],
  readNumber: LogReading['readNumber'],
): { party: Party; callerId: string } {
  const numbers = rows.map((one) => (direction === 'OUTBOUND' ? one.DestinationCallerId : one.SourceCallerId));
  const callerId = direction === 'INTERNAL' ? (rows[0]?.SourceDn ?? '') : (numbers.find(isPublic) ?? numbers[0] ?? '');
  if (direction === 'INTERNAL') return { party: { kind: 'internal', extension: callerId }, callerId };
  return { party: readNumber(callerId, direction), callerId };

  function isPublic(number: string): boolean {
    return readNumber(number, direction).kind === 'public';
  }
}

function toSegment(one: LogRow, { readAt, typeOf }: LogReading): Segment {
  const recordings = [one.SrcRecId, one.DstRecId, ...one.Recordings].filter((id) => id > 0);
  return {
    id: one.CdrId,
    callId: one.CallId,
    indent: one.Indent,
    sequence: one.SegmentId,
    startedAt: new Date(one.StartTime).toISOString(),
    readAt: readAt.toISOString(),
    source: endOf(one.SourceDn, one.SourceCallerId, one.SourceDisplayName),
    destination: endOf(one.DestinationDn, one.DestinationCallerId, one.DestinationDisplayName),
    action: endOf(one.actionDnDn, one.ActionDnCallerId, one.ActionDnDisplayName),
    ringSeconds: one.RingingDuration,
    talkSeconds: one.TalkingDuration,
    answered: one.Answered,
    callType: one.CallType,
    reason: one.Reason,
    recordingIds: [...new Set(recordings)].toSorted((a, b) => a - b),
  };

  function endOf(dn: string, number: string, name: string): Segment['source'] {
    return { dn, number, name, type: typeOf(dn) ?? '' };
  }
}
