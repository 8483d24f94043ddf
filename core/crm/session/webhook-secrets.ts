import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Secrets } from '../../secrets/index.ts';
import type { Executor } from '../../store/database.ts';
import type { Tables } from '../../store/tables.ts';

/**
 * The secrets with which Twenty signs for a tenant, kept as one text: the current one first, then those before it as
 * `secret+MS` (still valid for so long once Twenty signs with the current one) or `secret@TIME` (valid until then).
 */
type Known = { readonly secret: string; readonly overlapMs?: number; readonly until?: number };

const place = (tenantId: string) => ({ tenantId, pluginId: 'crm', name: 'webhookSecrets' });

/** Those that are accepted now, the current one first. */
export async function webhookSecrets(secrets: Secrets, tenantId: string, now: number): Promise<string[]> {
  const known = parse(await secrets.get(place(tenantId)));
  return known.filter(({ until = Infinity }) => until > now).map(({ secret }) => secret);
}

export type SecretStore = { readonly db: Kysely<Tables>; readonly secrets: Secrets; readonly tenantId: string };

/** The secret with which Twenty shall sign; made when there is none. */
export async function currentSecret(store: SecretStore): Promise<string> {
  return await changed(store, (known) => {
    const [current = made(), ...earlier] = known;
    return [current, ...earlier];
  });
}

/** Makes a new current secret. @param overlapMs how long the ones before stay valid once Twenty signs with the new one */
export async function rotateSecret(store: SecretStore, overlapMs: number): Promise<void> {
  await changed(store, (known) => [
    made(),
    ...known.map((one) => (one.until === undefined ? { secret: one.secret, overlapMs } : one)),
  ]);
}

/** Twenty signs with the current secret: the ones before it get their end, and those that are over go. */
export async function settleSecrets(store: SecretStore, now: number): Promise<void> {
  const isSettled = ([, ...earlier]: readonly Known[]) => earlier.length === 0;
  if (isSettled(parse(await store.secrets.get(place(store.tenantId))))) return;
  await changed(store, ([current = made(), ...earlier]) => [
    current,
    ...earlier
      .map(({ secret, overlapMs = 0, until = now + overlapMs }) => ({ secret, until }))
      .filter(({ until }) => until > now),
  ]);
}

/** One change at a time: a rotation and the session's upkeep may meet. @returns the current secret afterwards */
async function changed(
  { db, secrets, tenantId }: SecretStore,
  change: (known: readonly Known[]) => readonly [Known, ...Known[]],
): Promise<string> {
  return await db.transaction().execute(async (transaction) => {
    await lock(transaction, tenantId);
    const before = await secrets.get(place(tenantId), transaction);
    const known = change(parse(before));
    const after = known.map(print).join(' ');
    if (after !== before) await secrets.set(place(tenantId), after, transaction);
    return known[0].secret;
  });
}

async function lock(transaction: Executor, tenantId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`webhook secrets ${tenantId}`}, 0))`.execute(transaction);
}

const made = (): Known => ({ secret: randomBytes(32).toString('hex') });

function parse(text: string | undefined): Known[] {
  return (text ?? '').split(' ').flatMap((word): Known[] => {
    const [, secret, mark, number] = /^([0-9a-f]+)(?:([+@])(\d+))?$/.exec(word) ?? [];
    if (secret === undefined) return [];
    if (mark === undefined) return [{ secret }];
    return [mark === '+' ? { secret, overlapMs: Number(number) } : { secret, until: Number(number) }];
  });
}

function print({ secret, overlapMs, until }: Known): string {
  if (until !== undefined) return `${secret}@${until}`;
  return overlapMs === undefined ? secret : `${secret}+${overlapMs}`;
}
