import type { Threecx } from '@switchboard/sandbox/threecx';

/** What must stand in Twenty about one call, by the call log of the PBX. */
export type TrueCall = {
  readonly historyId: string;
  readonly startedAt: string;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  readonly outcome: 'ANSWERED' | 'MISSED' | 'NOT_ANSWERED';
  readonly phoneNumber: string;
  readonly agentExtension: string;
  /** Undefined where the call log does not say: a queue that calls back is no station of its call. */
  readonly queue: string | undefined;
  readonly talkSeconds: number;
};

type Row = ReturnType<Threecx['ledger']['rows']>[number];

/** The calls with somebody outside; those between two extensions have no record unless a tenant wants them. */
export function trueCalls(rows: readonly Row[]): TrueCall[] {
  const calls = Map.groupBy(
    rows.filter(({ Direction }) => Direction !== 'Internal'),
    ({ MainCallHistoryId }) => MainCallHistoryId,
  );
  return [...calls].map(([historyId, ofCall]) => trueCall(historyId, ofCall));
}

function trueCall(historyId: string, rows: readonly Row[]): TrueCall {
  const isOut = rows[0]?.Direction === 'Outbound';
  const starts = rows.map(({ StartTime }) => StartTime).toSorted();
  const talks = rows
    .filter(({ leg }) => leg.answeredAt !== null && leg.kind === (isOut ? 'external' : 'extension'))
    .toSorted((one, other) => (one.leg.answeredAt ?? 0) - (other.leg.answeredAt ?? 0));
  const outside = rows.find(({ leg }) => leg.kind === 'external');
  const queue = rows.find(({ leg }) => leg.kind === 'queue')?.DestinationDn ?? '';
  const isCallback = isOut && rows.some(({ leg }) => leg.via !== '');
  return {
    historyId,
    startedAt: starts[0] ?? '',
    direction: isOut ? 'OUTBOUND' : 'INBOUND',
    outcome: talks.length > 0 ? 'ANSWERED' : isOut ? 'NOT_ANSWERED' : 'MISSED',
    phoneNumber: (isOut ? outside?.DestinationCallerId : rows[0]?.SourceCallerId) ?? '',
    agentExtension: isOut ? (outside?.SourceDn ?? '') : (talks.at(-1)?.DestinationDn ?? onlyRung(rows)),
    queue: isCallback ? undefined : queue,
    talkSeconds: talks.reduce((sum, { leg }) => sum + (leg.endedAt - (leg.answeredAt ?? leg.endedAt)) / 1000, 0),
  };
}

/** A missed call is the agent's whom alone it rang, and nobody's when a queue or a group was rung. */
function onlyRung(rows: readonly Row[]): string {
  if (rows.some(({ leg }) => leg.kind === 'queue' || leg.kind === 'ringGroup')) return '';
  return rows.find(({ leg }) => leg.kind === 'extension')?.DestinationDn ?? '';
}
