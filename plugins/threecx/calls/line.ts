import { createHash } from 'node:crypto';
import type { KeyValueStore, StoreChange } from '@switchboard/core/contract';
import type { Party } from '../party.ts';
import { type Account, account as accountSchema } from './account.ts';

/**
 * What the store remembers of calls. Calls lie on lines: one line is one number of the other side, so whatever belongs to one call is found by
 * one range of keys, and all work on a line is done one piece at a time (see `serialKey`).
 */

/** One account, and the record that was made when it came, if one was. */
export type Row = {
  readonly account: Account;
  readonly receivedAt: string;
  readonly record?: RecordState;
};

/** What the plugin remembers of a record it made. */
export type RecordState = {
  /** The record's `externalKey`: it never changes, whatever becomes known later. */
  readonly key: string;
  readonly madeAt: string;
  /** Digests of the values that were written last, by field. */
  readonly written: Readonly<Record<string, string>>;
  /** What was known when its person was looked up. */
  readonly whom: WhomState;
  /** Ranks of the texts that were written. */
  readonly texts: { readonly transcript: string; readonly summary: string };
  /** The outcome that was announced. */
  readonly announced?: string;
  /** Other names by which the record can be found, see `findRecord`. */
  readonly aliases: readonly string[];
  /** Key of the record of the same call that stays. */
  readonly mergedInto?: string;
  /** Where the store keeps that the call was missed or was a talk. */
  readonly mark?: string;
};

export type WhomState = {
  readonly isPicked: boolean;
  /** The record that 3CX had shown. */
  readonly shownId: string;
  readonly personId?: string;
  readonly companyId?: string;
  readonly locationId?: string;
};

/** Longer than any account of a call is late. */
export const KEPT_MS = 7 * 86_400_000;

/** Posts and rows of one call are never farther apart than the longest call that is transferred. */
const REACH_MS = 3 * 3_600_000;
const CROWDED_REACH_MS = 600_000;
const MOST_ROWS = 1000;

/** The name of the line of an account in the store. */
export function lineOf(account: Account): string {
  return lineBetween(account.party, ownExtension(account));
}

/** The line of another side and, where both are extensions, whoever it talks to: they are one line, whoever of them is asked. */
export function lineBetween(party: Party, extension: string): string {
  if (party.kind === 'public') return party.e164;
  if (party.kind === 'withheld') return 'withheld';
  if (party.kind === 'unreadable') return `raw-${digest(party.raw.toLowerCase())}`;
  return `internal-${digest([party.extension, extension].toSorted().join(' '))}`;
}

function ownExtension(account: Account): string {
  if (account.channel === 'template') return account.agent.extension;
  if (account.channel === 'ledger') return account.segments[0]?.destination.dn ?? '';
  const others = account.legs.map(({ dn }) => dn).filter((dn) => !isParty(account, dn));
  return others[0] ?? '';
}

function isParty({ party }: Account, dn: string): boolean {
  return party.kind === 'internal' && party.extension === dn;
}

/**
 * Work on one line is done one piece at a time. All written forms of a number end in the same six digits; what has fewer, or none, waits together.
 *
 * @param number in any form
 */
export function serialKey(number: string): string {
  const digits = number.replaceAll(/\D/g, '');
  return digits.length < 6 ? 'line/short' : `line/${digits.slice(-6)}`;
}

/** The accounts on a line around a moment, with the keys under which they are kept. */
export async function loadLine(store: KeyValueStore, line: string, moment: string): Promise<Map<string, Row>> {
  const around = async (reachMs: number) => {
    const at = (ms: number) => `account/${line}/${new Date(Date.parse(moment) + ms).toISOString()}`;
    return await store.range(at(-reachMs), at(reachMs), MOST_ROWS);
  };
  const wide = await around(REACH_MS);
  const entries = wide.length < MOST_ROWS ? wide : await around(CROWDED_REACH_MS);
  return new Map(entries.map(({ key, value }) => [key, toRow(value)]));
}

/** Parsing puts the members in one order, so that equal accounts are equal as texts. */
function toRow(value: unknown): Row {
  const row = value as Row;
  return { ...row, account: accountSchema.parse(row.account) };
}

export function rowKey(account: Account): string {
  return `account/${lineOf(account)}/${account.startedAt}/${digest(account.id)}`;
}

export function keepRow(row: Row): StoreChange {
  const latest = Math.max(Date.parse(row.account.startedAt), Date.parse(row.receivedAt));
  return { key: rowKey(row.account), value: row, expiresAt: new Date(latest + KEPT_MS) };
}

/** Short and safe in keys, whatever is in the text. */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
