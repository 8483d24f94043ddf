import type { TwentyClient } from '@switchboard/sandbox/demo';
import { type ExpectedCall, SPACING_MS } from './calls.ts';
import { duplicated, type Finding, lost, wrong } from './finding.ts';

type CallRecord = Readonly<Record<string, unknown>> & {
  readonly id: string;
  readonly startedAt: string;
  readonly transcript: { readonly markdown: string | null } | null;
};

const FIELDS =
  'id startedAt endedAt durationSeconds direction outcome phoneNumber agentExtension matchState personId companyId locationId ' +
  'summary transcript { markdown }';

/** Every accepted call is one record, with what its posts said together. */
export async function verifyCalls(crm: TwentyClient, expected: readonly ExpectedCall[]): Promise<Finding[]> {
  const { phoneCalls } = (await crm.records(`{ phoneCalls(first: 1000000) { edges { node { ${FIELDS} } } } }`)) as {
    phoneCalls: { edges: { node: CallRecord }[] };
  };
  const records = Map.groupBy(
    phoneCalls.edges.map(({ node }) => node),
    slotOf,
  );
  const findings = expected.flatMap((call) => {
    const [record, ...others] = records.get(slotOf(call)) ?? [];
    records.delete(slotOf(call));
    if (record === undefined) return [lost(`the call of ${call.startedAt} has no record`)];
    return [
      ...others.map(({ id }) => duplicated(`the call of ${call.startedAt} has also the record ${id}`)),
      ...compare(call, record),
    ];
  });
  const strange = [...records.values()]
    .flat()
    .map(({ id }) => duplicated(`the record ${id} is no call that was reported`));
  return [...findings, ...strange];
}

/** Calls begin at fixed distances; all posts of one begin within a minute. */
const slotOf = ({ startedAt }: { readonly startedAt: string }): number =>
  Math.floor(Date.parse(startedAt) / SPACING_MS);

function compare(call: ExpectedCall, record: CallRecord): Finding[] {
  const found: Record<string, unknown> = { ...record, transcript: record.transcript?.markdown ?? '' };
  return Object.entries(call)
    .filter(([name, value]) => found[name] !== value)
    .map(([name, value]) =>
      wrong(
        `the call of ${call.startedAt} (${record.id}) has ${name} ${JSON.stringify(found[name])} instead of ${JSON.stringify(value)}`,
      ),
    );
}
