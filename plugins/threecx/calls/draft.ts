import { coveringContract, type CrmReader, type CrmRecord } from '@switchboard/core/contract';
import type { Party } from '../party.ts';
import type { Context } from '../services.ts';
import { describeCaller, type Recognised, textOf } from './caller.ts';
import type { Caller } from './live/topic.ts';

/** What a case that a call is about begins with. */
export type CaseDraft = Caller & {
  /** Things at the location that may be meant, those with an open malfunction first. */
  readonly assets: readonly { id: string; name: string; kind: string; placement: string; status: string }[];
  readonly contract: {
    readonly id: string;
    readonly name: string;
    readonly serviceLevel: string;
    readonly responseMinutes: number | null;
    readonly resolveMinutes: number | null;
    readonly supportHours: string;
  } | null;
  readonly protocol: { readonly id: string; readonly name: string; readonly version: number | null } | null;
  /** Values for a new `serviceCase`, as Twenty's API takes them. */
  readonly fields: Readonly<Record<string, unknown>>;
};

const MOST_ASSETS = 50;

export async function draftCase(context: Context, party: Party, whom: Recognised): Promise<CaseDraft> {
  const { crm, clock, tenant } = context;
  const [caller, assets, person, protocols] = await Promise.all([
    describeCaller(context, party, whom),
    assetsAt(crm, whom),
    whom.personId === undefined ? undefined : crm.get('person', whom.personId),
    crm.findBy('protocol', 'status', 'PUBLISHED', 1000),
  ]);
  const only = assets.length === 1 ? assets[0] : undefined;
  const { companyId, locationId, personId } = whom;
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: tenant.timeZone }).format(clock.now());
  const contract = await coveringContract(crm, { assetId: only?.id, companyId, locationId, personId }, today);
  const protocol = protocolFor(protocols, assets, textOf(person ?? { id: '' }, 'language'));
  return {
    ...caller,
    assets: assets.slice(0, MOST_ASSETS).map((asset) => ({
      id: asset.id,
      name: textOf(asset, 'name'),
      kind: textOf(asset, 'kind'),
      placement: textOf(asset, 'placement'),
      status: textOf(asset, 'status'),
    })),
    contract: contract === undefined ? null : describeContract(contract),
    protocol:
      protocol === undefined
        ? null
        : { id: protocol.id, name: textOf(protocol, 'name'), version: numberOf(protocol, 'version') },
    fields: present({
      channel: 'PHONE',
      personId: whom.personId,
      companyId: whom.companyId,
      locationId: whom.locationId,
      assetId: only?.id,
      contractId: contract?.id,
      serviceLevel: contract && textOf(contract, 'serviceLevel'),
      protocolId: protocol?.id,
      protocolVersion: protocol && numberOf(protocol, 'version'),
      malfunctionId: caller.malfunctions.length === 1 ? caller.malfunctions[0]?.id : undefined,
    }),
  };
}

/** What is out of order is likelier to be called about. */
const urgency = ['OUT_OF_SERVICE', 'IN_REPAIR', 'IMPAIRED', 'IN_SERVICE', 'PLANNED'];

async function assetsAt(crm: CrmReader, { locationId }: Recognised): Promise<CrmRecord[]> {
  const found = locationId === undefined ? [] : await crm.findBy('asset', 'locationId', locationId, 1000);
  const rank = (asset: CrmRecord) => urgency.indexOf(textOf(asset, 'status'));
  return found
    .filter((asset) => textOf(asset, 'status') !== 'RETIRED')
    .toSorted((one, other) => rank(one) - rank(other) || textOf(one, 'name').localeCompare(textOf(other, 'name')));
}

/** The published intake that fits: for the kind of the things there before one for everything, in the caller's language before any, the newest. */
function protocolFor(
  protocols: readonly CrmRecord[],
  assets: readonly CrmRecord[],
  language: string,
): CrmRecord | undefined {
  const kinds = new Set(assets.map((asset) => textOf(asset, 'kind')));
  const kindsOf = (protocol: CrmRecord) =>
    (Array.isArray(protocol['appliesTo']) ? protocol['appliesTo'] : []) as string[];
  const score = (protocol: CrmRecord) => [
    kindsOf(protocol).length > 0 ? 1 : 0,
    language !== '' && textOf(protocol, 'language') === language ? 1 : 0,
    numberOf(protocol, 'version') ?? 0,
  ];
  return protocols
    .filter((protocol) => textOf(protocol, 'purpose') === 'INTAKE')
    .filter((protocol) => kindsOf(protocol).length === 0 || kindsOf(protocol).some((kind) => kinds.has(kind)))
    .toSorted((one, other) => compareScores(score(other), score(one)) || (one.id < other.id ? -1 : 1))[0];
}

function compareScores(one: readonly number[], other: readonly number[]): number {
  return one.map((value, index) => value - (other[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function describeContract(contract: CrmRecord): CaseDraft['contract'] {
  return {
    id: contract.id,
    name: textOf(contract, 'name'),
    serviceLevel: textOf(contract, 'serviceLevel'),
    responseMinutes: numberOf(contract, 'responseMinutes'),
    resolveMinutes: numberOf(contract, 'resolveMinutes'),
    supportHours: textOf(contract, 'supportHours'),
  };
}

function numberOf(record: CrmRecord, field: string): number | null {
  const value = record[field];
  return typeof value === 'number' ? value : null;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}
