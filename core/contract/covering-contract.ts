import type { CrmReader, CrmRecord } from './crm.ts';

/** What a case is about, by ids of records. */
export interface Covered {
  readonly assetId?: string | undefined;
  readonly locationId?: string | undefined;
  readonly companyId?: string | undefined;
  readonly personId?: string | undefined;
}

/** The lowest first. */
const levels: readonly unknown[] = ['BASIC', 'STANDARD', 'PREMIUM', 'CRITICAL'];

const MOST_CONTRACTS = 1000;

/**
 * The contract that a case comes under: that of the asset; else the one of the company (of the case, of the location, of the person, in this order)
 * with the highest level, of several the newest.
 *
 * @param day `2026-11-22` by the tenant's clock: the contract is in force on it
 */
export async function coveringContract(
  crm: Pick<CrmReader, 'get' | 'findBy'>,
  { assetId, ...owner }: Covered,
  day: string,
): Promise<CrmRecord | undefined> {
  const ownId = textIn(await read(crm, 'asset', assetId), 'contractId');
  const own = await read(crm, 'contract', ownId);
  if (own !== undefined && isInForce(own, day)) return own;
  const companyId = await companyOf(crm, owner);
  const found = companyId === undefined ? [] : await crm.findBy('contract', 'companyId', companyId, MOST_CONTRACTS);
  return found.filter((contract) => isInForce(contract, day)).toSorted(bestFirst)[0];
}

/** Whether a contract promises anything on that day. Without a first or a last day it is open at that end. */
export function isInForce(contract: CrmRecord, day: string): boolean {
  const edge = (field: string) => textIn(contract, field)?.slice(0, 10) ?? day;
  return contract['status'] === 'ACTIVE' && edge('startsOn') <= day && edge('endsOn') >= day;
}

type Reader = Pick<CrmReader, 'get'>;

async function companyOf(
  crm: Reader,
  { companyId, locationId, personId }: Omit<Covered, 'assetId'>,
): Promise<string | undefined> {
  return (
    companyId ??
    textIn(await read(crm, 'location', locationId), 'companyId') ??
    textIn(await read(crm, 'person', personId), 'companyId')
  );
}

async function read(crm: Reader, object: string, id: string | undefined): Promise<CrmRecord | undefined> {
  return id === undefined ? undefined : await crm.get(object, id);
}

function textIn(record: CrmRecord | undefined, field: string): string | undefined {
  const value = record?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function bestFirst(one: CrmRecord, other: CrmRecord): number {
  const level = (contract: CrmRecord) => levels.indexOf(contract['serviceLevel']);
  const begun = (contract: CrmRecord) => Date.parse(textIn(contract, 'startsOn') ?? '') || 0;
  return level(other) - level(one) || begun(other) - begun(one) || (one.id < other.id ? -1 : 1);
}
