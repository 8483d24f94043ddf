import type { Account } from '../calls/account.ts';
import { findRecord } from '../calls/aliases.ts';
import { groupAccounts } from '../calls/group.ts';
import { legsOf } from '../calls/legs.ts';
import { lineBetween, loadLine, type Row } from '../calls/line.ts';
import { readOtherSide } from '../calls/other-side.ts';
import type { Context } from '../services.ts';
import type { Recording } from './recording.ts';

/** The call of a recording. */
export type RecordedCall = {
  /** The `externalKey` of its record. */
  readonly key: string;
  /** What a channel told of it, the call log before others; undefined where only its record is known. */
  readonly account: Account | undefined;
  /** Empty when none was in it. */
  readonly queue: string;
};

/** Recording and call begin this close to each other where no id tells. */
const NEAR_MS = 120_000;

/**
 * Finds the call that a recording is of: the call log names its recordings; where it does not, the same number talked to the same extension at that
 * time. @returns undefined while there is no record of such a call
 */
export async function findCallOf(context: Context, recording: Recording): Promise<RecordedCall | undefined> {
  const { number, direction, extension, startedAt } = recording;
  const party = readOtherSide(context)(number, direction);
  const rows = [...(await loadLine(context.store, lineBetween(party, extension), startedAt)).values()];
  const calls = groupAccounts(rows.map(({ account }) => account)).flatMap((accounts) => recordedCall(accounts, rows));
  const named = calls.find(({ accounts }) => accounts.some((one) => names(one, recording.id)));
  const best = named ?? nearest(calls, recording);
  if (best !== undefined) return best;
  const key = await findRecord(context.store, `recording/${recording.id}`);
  return key === undefined ? undefined : { key, account: undefined, queue: '' };
}

type Candidate = RecordedCall & { readonly accounts: readonly Account[] };

function recordedCall(accounts: readonly Account[], rows: readonly Row[]): Candidate[] {
  const ids = new Set(accounts.map(({ id }) => id));
  const record = rows.find(({ account, record: made }) => ids.has(account.id) && made && !made.mergedInto)?.record;
  if (record === undefined) return [];
  const account = accounts.find(({ channel }) => channel === 'ledger') ?? accounts[0];
  const queue = accounts.flatMap(legsOf).find(({ kind }) => kind === 'queue')?.number ?? '';
  return [{ key: record.key, account, queue, accounts }];
}

function names(account: Account, id: number): boolean {
  return account.channel === 'ledger' && account.segments.some(({ recordingIds }) => recordingIds.includes(id));
}

function nearest(calls: readonly Candidate[], recording: Recording): Candidate | undefined {
  const near = calls
    .map((call) => ({ call, distance: distanceOf(call.accounts, recording) }))
    .filter(({ distance }) => distance <= NEAR_MS)
    .toSorted((one, other) => one.distance - other.distance);
  return near[0]?.call;
}

function distanceOf(accounts: readonly Account[], { extension, startedAt }: Recording): number {
  const moments = accounts
    .flatMap(legsOf)
    .filter(({ kind, number }) => kind === 'agent' && number === extension)
    .flatMap(({ startedAt: rangAt, answeredAt }) => (answeredAt === undefined ? [rangAt] : [rangAt, answeredAt]));
  return Math.min(...moments.map((moment) => Math.abs(Date.parse(moment) - Date.parse(startedAt))));
}
