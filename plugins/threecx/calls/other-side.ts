import { type Party, readParty } from '../party.ts';
import type { Context } from '../services.ts';
import type { Account } from './account.ts';

/**
 * Understands the number of the other side as 3CX writes it. What the hub dialled carries the prefix that the tenant's outbound rules ask for; it
 * is not part of the number.
 */
export function readOtherSide({ tenant, config }: Pick<Context, 'tenant' | 'config'>) {
  return (number: string, direction: Account['direction']): Party => {
    const { dialPrefix } = config;
    const isDialled = direction === 'OUTBOUND' && dialPrefix !== '' && number.startsWith(dialPrefix);
    const bare = isDialled ? readParty(number.slice(dialPrefix.length), tenant.country) : undefined;
    return bare?.kind === 'public' ? bare : readParty(number, tenant.country);
  };
}
