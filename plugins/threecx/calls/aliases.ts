import type { KeyValueStore, StoreChange } from '@switchboard/core/contract';
import type { Account } from './account.ts';
import { KEPT_MS, type Row } from './line.ts';

/** Names under which other parts of the plugin look for the record of a call. */
export type Alias = `log/${string}` | `recording/${number}` | `live/${string}`;

/** Recordings and texts come late: as long as the call itself, and then some. */
const ALIAS_KEPT_MS = 4 * KEPT_MS;

/** @returns the `externalKey` of the call's record, once there is one */
export async function findRecord({ get }: Pick<KeyValueStore, 'get'>, alias: Alias): Promise<string | undefined> {
  return (await get(storeKey(alias))) as string | undefined;
}

export function aliasesOf(members: readonly Row[]): Alias[] {
  return [...new Set(members.flatMap(({ account }) => aliasesOfAccount(account)))].toSorted();
}

function aliasesOfAccount(account: Account): Alias[] {
  if (account.channel === 'template') return [];
  if (account.channel === 'live') return [`live/${account.callId}/${account.startedAt}`];
  const recordings = account.segments.flatMap(({ recordingIds }) => recordingIds);
  return [`log/${account.historyId}`, ...recordings.map((id): Alias => `recording/${id}`)];
}

export function keepAlias(alias: Alias, recordKey: string, now: number): StoreChange {
  return { key: storeKey(alias), value: recordKey, expiresAt: new Date(now + ALIAS_KEPT_MS) };
}

const storeKey = (alias: Alias): string => `alias/${alias}`;
