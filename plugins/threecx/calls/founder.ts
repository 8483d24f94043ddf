import { partyKey } from '../party.ts';
import type { Account, Reported } from './account.ts';
import type { Row } from './line.ts';

/** Live before the log before the template: an agent's browser knows the record by the first while the call rings. */
const ranks = ['live', 'ledger', 'template'];

/** The account after which a new record is named. The name stays, whatever becomes known later. */
export function founderOf(members: readonly Row[]): Row {
  const [first] = members.toSorted(
    ({ account: one }, { account: other }) =>
      ranks.indexOf(one.channel) - ranks.indexOf(other.channel) ||
      (`${one.startedAt} ${one.id}` < `${other.startedAt} ${other.id}` ? -1 : 1),
  );
  if (first === undefined) throw new TypeError('A call without accounts');
  return first;
}

/** The `externalKey` of the record that an account founds. */
export function recordKey(account: Account): string {
  if (account.channel === 'live') return watchedKey(account);
  return account.channel === 'ledger' ? `3cx:log/${account.historyId}` : `3cx:${reportedKey(account)}`;
}

/** Known from the first ring on. */
export function watchedKey({ callId, startedAt }: { readonly callId: number; readonly startedAt: string }): string {
  return `3cx:live/${callId}/${startedAt}`;
}

function reportedKey({ agent, party, direction, answered, startedAt }: Reported): string {
  const outcome = answered ? 'ANSWERED' : direction === 'OUTBOUND' ? 'NOT_ANSWERED' : 'MISSED';
  const parts = ['call', agent.extension, partyKey(party), `${direction}-${outcome}`];
  return `${parts.map(encodeURIComponent).join('/')}/${startedAt}`;
}
