import { sql } from 'kysely';
import type { Kysely, Transaction } from 'kysely';
import { z } from 'zod';
import type { Clock, Logger } from '../../contract/context.ts';
import type { RawRequest, Reply } from '../../contract/http.ts';
import type { Tables } from '../../store/tables.ts';
import type { OnRecordChange } from '../session/context.ts';
import type { RecordRow } from '../twenty/operations.ts';
import { announce } from './copy.ts';
import { writeOnly } from './declare.ts';
import { recordsOnTheirWay } from './echo.ts';
import type { MirrorSpec } from './declare.ts';
import { verifySignature } from './signature.ts';
import { applyRows } from './store.ts';
import type { RecordChange } from './store.ts';
import { noteHeard } from './sync-state.ts';

/** What a webhook of Twenty says, as far as it is used (Twenty 2.21, measured; its documentation shows another shape). */
const delivery = z.object({
  eventName: z.string().regex(/^\w+\.(created|updated|deleted|restored|destroyed)$/),
  workspaceId: z.uuid(),
  eventDate: z.iso.datetime(),
  userId: z.string().nullish(),
  objectMetadata: z.object({ nameSingular: z.string() }),
  record: z.looseObject({ id: z.uuid(), updatedAt: z.iso.datetime(), deletedAt: z.iso.datetime().nullish() }),
});

type Delivery = z.output<typeof delivery>;

/** The tenant at whose door a webhook knocks. */
export type Receiver = {
  readonly tenantId: string;
  readonly country: string;
  /** Undefined until a check has told it. */
  readonly workspaceId: string | undefined;
  readonly secrets: readonly string[];
  readonly specs: ReadonlyMap<string, MirrorSpec>;
};

export type ReceiveOptions = {
  readonly db: Kysely<Tables>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly onRecordChange: OnRecordChange;
};

/**
 * Takes one webhook: verifies it, and puts the record into the mirror and its event into the world in one transaction.
 * Twenty waits 5 s and never repeats (2.21, measured), so nothing here talks to anybody else.
 */
export async function receiveDelivery(
  options: ReceiveOptions,
  receiver: Receiver,
  request: RawRequest,
): Promise<Reply> {
  const { db, clock } = options;
  const signed = verifySignature(request, receiver.secrets, clock.now());
  if (signed === undefined) return refuse(401, 'the signature is missing, wrong or too old');
  const parsed = parse(request.body);
  if (parsed === undefined) return refuse(400, 'the body is not a webhook of Twenty');
  if (receiver.workspaceId !== undefined && receiver.workspaceId !== parsed.workspaceId) {
    return refuse(401, 'the webhook is of another workspace');
  }
  const isNew = await db.transaction().execute(async (transaction) => {
    if (!(await takeNonce(transaction, receiver.tenantId, signed.nonce))) return false;
    await take(options, transaction, receiver, parsed);
    return true;
  });
  return isNew ? { status: 200, body: { accepted: true } } : refuse(409, 'this delivery came before');
}

const refuse = (status: number, error: string): Reply => ({ status, body: { error } });

function parse(body: Buffer): Delivery | undefined {
  try {
    return delivery.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

async function takeNonce(db: Transaction<Tables>, tenantId: string, nonce: string): Promise<boolean> {
  const { rows } = await sql`
    insert into crm_nonce (tenant_id, nonce) values (${tenantId}, ${nonce}) on conflict do nothing returning nonce
  `.execute(db);
  return rows.length > 0;
}

async function take(
  { onRecordChange }: ReceiveOptions,
  transaction: Transaction<Tables>,
  { tenantId, country, specs }: Receiver,
  event: Delivery,
): Promise<void> {
  const object = event.objectMetadata.nameSingular;
  const spec = specs.get(object) ?? writeOnly(object);
  await noteHeard(transaction, tenantId, object);
  const row = readRow(event);
  // Of objects nobody reads, all that matters is which records people deleted.
  if (!spec.mirrored && row.deletedAt === null && !event.eventName.endsWith('.restored')) return;
  const onTheirWay = await recordsOnTheirWay(transaction, tenantId, [row.id]);
  const changes = await applyRows(transaction, { tenantId, country, spec }, [row]);
  // A person's change is news also while a write of ours is on its way; only theirs carry `userId` (Twenty 2.21, measured).
  if (onTheirWay.size > 0 && typeof event.userId !== 'string') return;
  const news = changes.map((change) => named(change, event));
  await announce({ onRecordChange, tenantId }, transaction, spec, news);
}

/** A destroyed record is one that stays deleted: whatever comes late about it is older than its end. */
function readRow({ eventName, eventDate, record }: Delivery): RecordRow {
  const isDestroyed = eventName.endsWith('.destroyed');
  return {
    ...record,
    updatedAt: isDestroyed ? eventDate : record.updatedAt,
    deletedAt: isDestroyed ? eventDate : (record.deletedAt ?? null),
  };
}

/** A record that the mirror had not copied yet is no new record when Twenty says that it was updated. */
function named(change: RecordChange, { eventName }: Delivery): RecordChange {
  const isLate = change.kind === 'created' && eventName.endsWith('.updated');
  return isLate ? { ...change, kind: 'updated' } : change;
}

/** Nonces whose timestamp would be refused anyway. */
export async function forgetNonces(db: Kysely<Tables>): Promise<void> {
  await sql`delete from crm_nonce where seen_at < now() - interval '15 minutes'`.execute(db);
}
