import type { Transaction } from 'kysely';
import type { Tables } from '../../store/tables.ts';
import { applyRows } from '../mirror/store.ts';
import { completeRows, keepFields, parkRows } from '../outbox/done.ts';
import { storeLinks } from '../outbox/links.ts';
import type { Landed, Outcome } from './deliver.ts';
import { mirrorTarget } from './context.ts';
import type { SessionContext } from './context.ts';

/** Writes down in one transaction what became of some records: the outbox, the mirror and the links agree at any time. */
export async function settleOutcome(
  context: SessionContext,
  object: string,
  { landed, refused }: Outcome,
): Promise<void> {
  const { db, tenantId } = context;
  await db.transaction().execute(async (transaction) => {
    if (landed.length > 0) await settleLanded(context, transaction, object, landed);
    for (const { outgoing, error } of refused) await parkRows(transaction, { seqs: outgoing.seqs, error });
  });
  for (const { error } of refused) {
    context.log.warn({ tenantId, object, code: error.code }, 'Twenty refused a write; it is parked');
  }
}

async function settleLanded(
  context: SessionContext,
  transaction: Transaction<Tables>,
  object: string,
  landed: readonly Landed[],
): Promise<void> {
  const { tenantId } = context;
  const links = landed
    .filter(({ outgoing, answer }) => answer.id !== outgoing.record.recordId)
    .map(({ outgoing, answer }) => ({ ourId: outgoing.record.recordId, crmId: answer.id }));
  await storeLinks(transaction, tenantId, object, links);
  // Our own writes are no news to anybody: what changed is not announced, and the webhooks about it find it already here.
  await applyRows(
    transaction,
    mirrorTarget(context, object),
    landed.map(({ answer }) => answer),
  );
  const seqs: number[] = [];
  for (const { outgoing } of landed) {
    const last = outgoing.seqs.at(-1);
    const hasRest = Object.keys(outgoing.kept).length > 0 && last !== undefined;
    if (hasRest) await keepFields(transaction, last, outgoing.kept);
    seqs.push(...outgoing.seqs.filter((seq) => !(hasRest && seq === last)));
  }
  const recordIds = landed.flatMap(({ outgoing, answer }) => [outgoing.record.recordId, answer.id]);
  await completeRows(transaction, tenantId, { seqs, recordIds });
}
