import { type Cdr, type CdrLeg, isTalk, talkMs } from '../calls/cdr.ts';
import type { LegKind } from '../calls/types.ts';

/** One row of the call log, without what becomes known later: recording and text. */
export type LogRow = ReturnType<typeof rowOf> & { readonly leg: CdrLeg };

type Names = { readonly nameOf: (dn: string) => string; readonly voicemailAnswers: boolean };

/** One call is as many rows as it had destinations. */
export function rowsOf(cdr: Cdr, names: Names): LogRow[] {
  return cdr.legs.map((leg, index) => ({ ...rowOf(cdr, leg, index + 1, names), leg }));
}

function rowOf(cdr: Cdr, leg: CdrLeg, segment: number, { nameOf, voicemailAnswers }: Names) {
  const answered = isTalk(leg) || (leg.kind === 'voicemail' && voicemailAnswers);
  const moved = leg.movedTo !== '';
  const { callId, historyId, direction, number } = cdr;
  return {
    MainCallHistoryId: historyId,
    CallHistoryId: historyId,
    CdrId: cdrId(historyId, segment),
    CallId: callId,
    SegmentId: segment,
    Indent: leg.via !== '' || leg.referredBy !== '' ? 1 : 0,
    StartTime: new Date(leg.startedAt).toISOString(),
    SourceType: TYPE[leg.from.kind],
    SourceDn: leg.from.dn,
    SourceCallerId: leg.from.callerId,
    SourceDisplayName: leg.from.name,
    DestinationType: TYPE[leg.kind],
    DestinationDn: leg.dn,
    DestinationCallerId: leg.kind === 'external' ? number : leg.dn,
    DestinationDisplayName: leg.kind === 'external' ? '' : nameOf(leg.dn),
    ActionType: moved ? 5 : 0,
    ActionDnType: 0,
    actionDnDn: leg.movedTo,
    ActionDnCallerId: leg.movedTo,
    ActionDnDisplayName: moved ? nameOf(leg.movedTo) : '',
    RingingDuration: duration((leg.kind === 'queue' ? leg.endedAt : (leg.answeredAt ?? leg.endedAt)) - leg.startedAt),
    TalkingDuration: duration(isTalk(leg) || leg.kind === 'voicemail' ? talkMs(leg) : 0),
    Answered: answered,
    Direction: direction,
    CallType: CALL_TYPE[leg.kind],
    Status: answered ? 'Answered' : leg.kind === 'queue' ? 'Waiting' : 'Unanswered',
    Reason: leg.reason,
    QualityReport: false,
    CallCost: 0,
    SubrowDescNumber: 0,
  };
}

/** The numbers have no official list; these are illustrative. */
const TYPE: Record<LegKind, number> = { extension: 0, queue: 4, ringGroup: 3, voicemail: 5, external: 13 };

const CALL_TYPE: Record<LegKind, string> = {
  extension: 'Extension',
  external: 'External',
  queue: 'Queue',
  ringGroup: 'System',
  voicemail: 'System',
};

function cdrId(historyId: string, segment: number): string {
  return historyId.includes('-')
    ? historyId.replace(/^0{8}/, segment.toString(16).padStart(8, '0'))
    : `${historyId}.${segment}`;
}

/** ISO 8601 as 3CX writes it: `PT1M1.432S`. */
function duration(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = (ms % 60_000) / 1000;
  const parts = [hours && `${hours}H`, minutes && `${minutes}M`, seconds && `${seconds}S`].filter(Boolean);
  return parts.length === 0 ? 'PT0S' : `PT${parts.join('')}`;
}
