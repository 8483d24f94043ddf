import { type PluginTables, sql, thisTenant } from '@switchboard/core/contract';

/** What is known against an address. */
export type AddressState = { readonly state: 'failing' | 'unreachable' | 'do-not-mail'; readonly reason: string };

/** @param addresses lower case */
export async function addressStates(
  tables: PluginTables,
  addresses: readonly string[],
): Promise<ReadonlyMap<string, AddressState>> {
  if (addresses.length === 0) return new Map();
  const rows = await tables.query<AddressState & { address: string }>(sql`
    select address, state, reason from mail_address_state
    where tenant_id = ${thisTenant} and address = any(${[...new Set(addresses)]}::text[])
  `);
  return new Map(rows.map(({ address, ...state }) => [address, state]));
}
