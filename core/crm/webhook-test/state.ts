import { sql } from 'kysely';
import type { Executor } from '../../store/database.ts';
import { recordIdFor } from '../ids.ts';
import { objectOf } from '../mirror/delivery.ts';
import type { Delivery } from '../mirror/delivery.ts';
import type { Refusal } from '../mirror/signature.ts';

/**
 * Twenty sends webhooks only when a record changes, so the test of the way back changes one: a call script of our application that
 * is soft-deleted from its first moment. Nobody sees it in a view, a search or a count, it goes with the application, and its
 * updates are delivered all the same (Twenty 2.21, measured).
 */
export const testObject = 'callScript';

export const testOperation = `${testObject}.updated`;

export const testRecordId = (tenantId: string): string => recordIdFor(tenantId, testObject, 'switchboard/webhook-test');

export const testName = (token: string): string => `Connection test of Switchboard (${token})`;

export const isOfTest = (tenantId: string, delivery: Delivery): boolean =>
  objectOf(delivery) === testObject && delivery.record.id === testRecordId(tenantId);

/** Why a test change did not come back, or why there was none. */
export type TestCause =
  | Refusal
  /** The hub's address is a private one, which Twenty blocks unless told otherwise. */
  | 'private'
  | 'unresolved'
  /** At the hub's address is something else, or nothing. */
  | 'elsewhere'
  /** The address works from here, yet nothing came. */
  | 'silent'
  | 'no-application'
  | 'permission';

/** The last test of the way back. */
export interface WebhookTest {
  readonly state: 'arrived' | 'lost' | 'impossible' | 'under way';
  readonly cause: TestCause | undefined;
  readonly endedAt: Date | undefined;
  /** From the change in Twenty to its webhook. */
  readonly tookMs: number | undefined;
}

type Row = {
  wanted_at: Date;
  asked_at: Date | null;
  heard_at: Date | null;
  outcome: 'arrived' | 'lost' | 'impossible' | null;
  cause: TestCause | null;
  ended_at: Date | null;
};

/** @returns undefined when none was ever wanted */
export async function readTest(db: Executor, tenantId: string): Promise<WebhookTest | undefined> {
  const { rows } = await sql<Row>`
    select wanted_at, asked_at, heard_at, outcome, cause, ended_at from crm_webhook_test where tenant_id = ${tenantId}
  `.execute(db);
  const [row] = rows;
  if (row === undefined) return undefined;
  const isOver = row.ended_at !== null && row.ended_at >= row.wanted_at;
  return {
    state: isOver && row.outcome !== null ? row.outcome : 'under way',
    cause: isOver ? (row.cause ?? undefined) : undefined,
    endedAt: row.ended_at ?? undefined,
    tookMs: isOver && row.heard_at && row.asked_at ? row.heard_at.getTime() - row.asked_at.getTime() : undefined,
  };
}

export async function wantTest(db: Executor, tenantId: string): Promise<void> {
  await sql`
    insert into crm_webhook_test (tenant_id) values (${tenantId})
    on conflict (tenant_id) do update set wanted_at = now()
  `.execute(db);
}

/** A test that failed is repeated soon, so that the status tells when the cause is gone. */
export async function wantTestWhenOld(db: Executor, tenantId: string): Promise<void> {
  await sql`
    insert into crm_webhook_test (tenant_id) values (${tenantId})
    on conflict (tenant_id) do update set wanted_at = now()
    where crm_webhook_test.ended_at < now() - case crm_webhook_test.outcome
      when 'arrived' then interval '1 day' else interval '10 minutes' end
  `.execute(db);
}

export async function isTestWanted(db: Executor, tenantId: string): Promise<boolean> {
  const { rows } = await sql`
    select from crm_webhook_test where tenant_id = ${tenantId} and wanted_at > coalesce(ended_at, '-infinity')
  `.execute(db);
  return rows.length > 0;
}

export async function beginTest(db: Executor, tenantId: string, token: string): Promise<void> {
  await sql`
    update crm_webhook_test set token = ${token}, asked_at = now(), heard_at = null, refusal = null
    where tenant_id = ${tenantId}
  `.execute(db);
}

/** What was heard since the test began. */
export async function readHeard(
  db: Executor,
  tenantId: string,
): Promise<{ isHeard: boolean; refusal: Refusal | undefined }> {
  const { rows } = await sql<{ heard_at: Date | null; refusal: Refusal | null }>`
    select heard_at, refusal from crm_webhook_test where tenant_id = ${tenantId}
  `.execute(db);
  return { isHeard: rows[0]?.heard_at != null, refusal: rows[0]?.refusal ?? undefined };
}

export async function endTest(
  db: Executor,
  tenantId: string,
  outcome: 'arrived' | 'lost' | 'impossible',
  cause?: TestCause,
): Promise<void> {
  await sql`
    update crm_webhook_test set outcome = ${outcome}, cause = ${cause ?? null}, ended_at = now()
    where tenant_id = ${tenantId}
  `.execute(db);
}

/** The token makes it count once, whoever sends it again. */
export async function noteTestHeard(db: Executor, tenantId: string, { record }: Delivery): Promise<void> {
  const [, token = ''] = /\(([0-9a-f]+)\)$/.exec(String(record['name'])) ?? [];
  await sql`
    update crm_webhook_test set heard_at = now()
    where tenant_id = ${tenantId} and token = ${token} and heard_at is null
  `.execute(db);
}

/** Only while a test waits for its answer: strangers who knock at other times are not worth a write. */
export async function noteTestRefused(db: Executor, tenantId: string, refusal: Refusal): Promise<void> {
  await sql`
    update crm_webhook_test set refusal = ${refusal}
    where tenant_id = ${tenantId} and asked_at > coalesce(ended_at, '-infinity') and heard_at is null
      and refusal is distinct from ${refusal}
  `.execute(db);
}
