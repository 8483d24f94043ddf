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
import { fieldsOnTheirWay, withoutEcho } from './echo.ts';
import type { MirrorSpec } from './declare.ts';
import { verifySignature } from './signature.ts';
import { applyRows } from './store.ts';
import type { RecordChange } from './store.ts';

/** What a webhook of Twenty says, as far as it is used (Twenty 2.21, measured; its documentation shows another shape). */
const delivery = z.object({
  eventName: z.string().regex(/^\w+\.(created|updated|deleted|restored|destroyed)$/),
  workspaceId: z.uuid(),
  eventDate: z.iso.datetime(),
  userId: z.string().nullish(),
  updatedFields: z.array(z.string()).default([]),
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
  /** Notes that webhooks arrive. */
  readonly heard: (object: string) => Promise<void>;
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
  const { isNew, isKnown } = await lookUp(db, receiver.tenantId, signed.nonce, parsed);
  if (!isNew) return refuse(409, 'this delivery came before');
  if (!isKnown) await db.transaction().execute((transaction) => take(options, transaction, receiver, parsed));
  await receiver.heard(parsed.objectMetadata.nameSingular);
  return { status: 200, body: { accepted: true } };
}

const refuse = (status: number, error: string): Reply => ({ status, body: { error } });

function parse(body: Buffer): Delivery | undefined {
  try {
    return delivery.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

/** Twenty keeps them itself: they change with every write, whoever made it. */
const keptByTwenty = new Set(['updatedAt', 'updatedBy', 'searchVector']);

type Seen = { readonly isNew: boolean; readonly isKnown: boolean };

/**
 * Remembers the nonce and sees in the same statement whether there is anything to do: a batch of ours comes back as 200
 * webhooks at once, which must cost next to nothing. Known is what the mirror has already, and what comes back of a write of ours
 * whose answer will bring it to the mirror: a creation, or a change of nothing but the fields we set, unless a person made it;
 * only theirs carry `userId` (Twenty 2.21, measured).
 */
async function lookUp(
  db: Kysely<Tables>,
  tenantId: string,
  nonce: string,
  { eventName, userId, updatedFields, record, objectMetadata }: Delivery,
): Promise<Seen> {
  const mayBeOurs = typeof userId !== 'string' && /\.(created|updated)$/.test(eventName);
  const changed = updatedFields.filter((name) => !keptByTwenty.has(name));
  const { rows } = await sql<Seen>`
    with taken as (
      insert into crm_nonce (tenant_id, nonce) values (${tenantId}, ${nonce}) on conflict do nothing returning nonce
    )
    select exists (select from taken) as "isNew", ${!eventName.endsWith('.destroyed')} and exists (
      select from crm_record
      where tenant_id = ${tenantId} and id = ${record.id} and object = ${objectMetadata.nameSingular}
        and changed_at >= ${record.updatedAt}
    ) or ${mayBeOurs} and coalesce(${changed}::text[] <@ (
      select array_agg(name) from crm_outbox, jsonb_object_keys(fields) as name
      where tenant_id = ${tenantId} and record_id = ${record.id} and sent_at is not null and state <> 'discarded'
    ), false) as "isKnown"
  `.execute(db);
  return rows[0] ?? { isNew: false, isKnown: true };
}

async function take(
  { onRecordChange }: ReceiveOptions,
  transaction: Transaction<Tables>,
  { tenantId, country, specs }: Receiver,
  event: Delivery,
): Promise<void> {
  const object = event.objectMetadata.nameSingular;
  const spec = specs.get(object) ?? writeOnly(object);
  const row = readRow(event);
  // Of objects nobody reads, all that matters is which records people deleted.
  if (!spec.mirrored && row.deletedAt === null && !event.eventName.endsWith('.restored')) return;
  const onTheirWay = await fieldsOnTheirWay(transaction, tenantId, [row.id]);
  const changes = await applyRows(transaction, { tenantId, country, spec }, [row]);
  // Only what people change carries `userId` (Twenty 2.21, measured).
  const theirs = typeof event.userId === 'string' ? event.updatedFields : [];
  const news = changes
    .flatMap((change) => named(change, event, spec))
    .flatMap((change) => withoutEcho(change, onTheirWay.get(row.id), theirs));
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

/**
 * A record that the mirror did not have yet is no new record when Twenty says that it was updated; then Twenty's word is all there
 * is on what changed. An update that names `deletedAt` has brought a record back: that one is new.
 */
function named(change: RecordChange, { eventName, updatedFields }: Delivery, { fields }: MirrorSpec): RecordChange[] {
  const isLate = change.kind === 'created' && eventName.endsWith('.updated') && !updatedFields.includes('deletedAt');
  if (!isLate) return [change];
  const read = updatedFields.filter((name) => fields.includes(name));
  return read.length === 0 ? [] : [{ ...change, kind: 'updated', updatedFields: read }];
}

/** Nonces whose timestamp would be refused anyway. */
export async function forgetNonces(db: Kysely<Tables>): Promise<void> {
  await sql`delete from crm_nonce where seen_at < now() - interval '15 minutes'`.execute(db);
}
