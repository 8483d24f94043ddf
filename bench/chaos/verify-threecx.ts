import type { TwentyClient } from '@switchboard/sandbox/demo';
import { duplicated, type Finding, lost, wrong } from './finding.ts';
import type { TrueCall } from './threecx-ledger.ts';

type CallRecord = {
  readonly id: string;
  readonly historyKey: string | null;
  readonly mergedIntoId: string | null;
  readonly durationSeconds: number | null;
} & Readonly<Record<string, unknown>>;

const FIELDS =
  'id historyKey mergedIntoId startedAt direction outcome phoneNumber agentExtension queue durationSeconds endedAt';

/** Every call of the PBX is one record that counts; records that say to be part of another are none. */
export async function verifyThreecx(crm: TwentyClient, calls: readonly TrueCall[]): Promise<Finding[]> {
  const { phoneCalls } = (await crm.records(`{ phoneCalls(first: 1000000) { edges { node { ${FIELDS} } } } }`)) as {
    phoneCalls: { edges: { node: CallRecord }[] };
  };
  const counting = phoneCalls.edges.map(({ node }) => node).filter(({ mergedIntoId }) => mergedIntoId === null);
  const records = Map.groupBy(counting, ({ historyKey }) => historyKey ?? '');
  const findings = calls.flatMap((call) => {
    const [record, ...others] = records.get(call.historyId) ?? [];
    records.delete(call.historyId);
    if (record === undefined) return [lost(`${nameOf(call)} has no record`)];
    return [
      ...others.map(({ id }) => duplicated(`${nameOf(call)} has also the record ${id}`)),
      ...compare(call, record),
    ];
  });
  const strange = [...records.values()].flat();
  return [
    ...findings,
    ...strange.map((record) => duplicated(`a record is no call of the PBX: ${JSON.stringify(record)}`)),
  ];
}

const nameOf = ({ historyId, startedAt }: TrueCall): string => `the call ${historyId} of ${startedAt}`;

/** Each talk is rounded by itself. */
const ROUNDING_SECONDS = 1;

function compare(call: TrueCall, record: CallRecord): Finding[] {
  const { direction, outcome, phoneNumber, agentExtension, queue, talkSeconds } = call;
  const wanted = { direction, outcome, phoneNumber, agentExtension, ...(queue === undefined ? {} : { queue }) };
  const differing = Object.entries(wanted).filter(([name, value]) => (record[name] ?? '') !== value);
  const isLong = Math.abs((record.durationSeconds ?? -10) - talkSeconds) > ROUNDING_SECONDS;
  return [
    ...differing.map(([name, value]) =>
      wrong(`${nameOf(call)} (${record.id}) has ${name} ${JSON.stringify(record[name])} instead of "${value}"`),
    ),
    ...(isLong ? [wrong(`${nameOf(call)} (${record.id}) lasted ${talkSeconds} s, not ${record.durationSeconds}`)] : []),
    ...(record['endedAt'] === null ? [wrong(`${nameOf(call)} (${record.id}) has not ended`)] : []),
  ];
}
