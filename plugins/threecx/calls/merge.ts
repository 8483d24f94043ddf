import type { Changes, StoreChange } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { type Account, noTexts, type Texts } from './account.ts';
import { followUp } from './follow-up.ts';
import { groupAccounts } from './group.ts';
import { join } from './join.ts';
import { type Kept, keepRecord } from './keep-record.ts';
import { keepRow, lineOf, loadLine, type Row, rowKey } from './line.ts';

/** What one account led to: the state of its call, and everything to be committed. */
export type Merged = Pick<Kept, 'result' | 'call' | 'recordId' | 'names' | 'whom'> & { readonly changes: Changes };

/**
 * Takes in what a channel tells of a call. All work on a line runs one piece at a time, so what is read here does not change until the
 * changes are committed. Doing it twice changes nothing more.
 *
 * @param texts what was said, if this account tells it
 */
export async function mergeAccount(
  context: Context,
  account: Account,
  receivedAt: Date,
  texts: Texts = noTexts,
): Promise<Merged> {
  const line = lineOf(account);
  const rows = await loadLine(context.store, line, account.startedAt);
  const before = groupAccounts(accountsIn(rows));
  const moved = takeIn(rows, account, receivedAt);
  const byId = new Map([...rows.values()].map((row) => [row.account.id, row]));
  const touched = groupAccounts(accountsIn(rows)).filter(
    (group) => group.some(({ id }) => id === account.id) || !before.some((other) => isSame(other, group)),
  );
  const kept: Kept[] = [];
  for (const group of touched) {
    const members = group.map(({ id }) => byId.get(id)).filter((row) => row !== undefined);
    kept.push(await keepRecord(context, members, { accountId: account.id, channel: account.channel, texts }));
  }
  const own = kept.find(({ ids }) => ids.has(account.id));
  if (own === undefined) throw new TypeError('An account is in no group');
  const windowMs = context.config.followUpHours * 3_600_000;
  const followed = await followUp(
    context.store,
    line,
    kept.flatMap(({ marks }) => marks),
    windowMs,
  );
  const rowsToKeep = keptRows(
    byId,
    kept.flatMap((one) => one.rows),
    account.id,
  );
  return {
    ...own,
    changes: {
      writes: [...kept.flatMap(({ writes }) => writes), ...followed.writes],
      events: kept.flatMap(({ events }) => events),
      jobs: kept.flatMap(({ jobs }) => jobs),
      store: [...moved, ...rowsToKeep.map(keepRow), ...kept.flatMap(({ store }) => store), ...followed.store],
    },
  };
}

/** Puts the account among the rows, joined with what was known of it. @returns the removal of the place where it was */
function takeIn(rows: Map<string, Row>, account: Account, receivedAt: Date): StoreChange[] {
  const known = [...rows].find(([, row]) => row.account.id === account.id);
  const joined = known === undefined ? account : join(known[1].account, account);
  const row =
    known === undefined ? { account: joined, receivedAt: receivedAt.toISOString() } : { ...known[1], account: joined };
  const key = rowKey(joined);
  rows.set(key, row);
  if (known === undefined || known[0] === key) return [];
  rows.delete(known[0]);
  return [{ key: known[0], value: undefined }];
}

function accountsIn(rows: ReadonlyMap<string, Row>): Account[] {
  return [...rows.values()].map(({ account }) => account);
}

function isSame(one: readonly Account[], other: readonly Account[]): boolean {
  const ids = new Set(one.map(({ id }) => id));
  return one.length === other.length && other.every(({ id }) => ids.has(id));
}

/** The row of the account itself, and all whose record changed. */
function keptRows(rows: ReadonlyMap<string, Row>, changed: readonly Row[], accountId: string): Row[] {
  const kept = new Map([...rows].filter(([id]) => id === accountId));
  for (const row of changed) kept.set(row.account.id, row);
  return [...kept.values()];
}
