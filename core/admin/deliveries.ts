import type { DeadLetter, DeadLetterFilter, Queue } from '@switchboard/queue';
import { ConflictError, NotFoundError } from '../contract/index.ts';
import {
  type DeliveryFilter,
  type DeliveryLine,
  type DeliveryPage,
  getDelivery,
  listDeliveries,
  readArrival,
} from '../deliveries/index.ts';
import { receiveDelivery } from '../host/core-jobs.ts';
import type { AuditLog } from '../audit/index.ts';
import type { Database } from '../store/database.ts';
import type { Tenants } from '../tenants/index.ts';

/** The delivery log and the dead letters of a tenant: see, run again, give up. */
export interface DeliveryAdmin {
  readonly list: (tenant: string, filter: Omit<DeliveryFilter, 'tenantId'>) => Promise<DeliveryPage>;
  /** Works on a stored delivery once more: its dead letter where there is one, else as new. */
  readonly replay: (tenant: string, deliveryId: string, actor: string) => Promise<DeliveryLine>;
  /** The newest of them, and how many there are. */
  readonly deadLetters: (
    tenant: string,
    filter: Omit<DeadLetterFilter, 'tenantId'>,
  ) => Promise<{ readonly items: readonly DeadLetter[]; readonly total: number }>;
  /** @param filter with `payload` (of one alone): runs with that instead of what was stored. @returns how many run again */
  readonly replayDeadLetters: (
    tenant: string,
    filter: { id?: string; payload?: unknown } & Omit<DeadLetterFilter, 'tenantId'>,
    actor: string,
  ) => Promise<number>;
  readonly discardDeadLetter: (tenant: string, id: string, reason: string, actor: string) => Promise<void>;
}

interface DeliveryAdminDeps {
  readonly database: Database;
  readonly queue: Queue;
  readonly tenants: Tenants;
  readonly audit: AuditLog;
}

const MOST_LISTED = 200;

export function createDeliveryAdmin({ database: { db }, queue, tenants, audit }: DeliveryAdminDeps): DeliveryAdmin {
  const note = async (
    tenantId: string,
    actor: string,
    action: string,
    subject: string,
    details: Record<string, unknown>,
  ) =>
    await db
      .transaction()
      .execute(async (transaction) => await audit.append(transaction, { tenantId, actor, action, subject, details }));

  /** @throws NotFoundError also for another tenant's dead letter */
  async function ownDeadLetter(tenantId: string, id: string): Promise<DeadLetter> {
    const letter = await queue.deadLetters.get(id);
    if (letter?.tenantId === tenantId) return letter;
    throw new NotFoundError('There is no such dead letter', {
      field: 'id',
      remedy: 'It may have been run again or discarded meanwhile.',
    });
  }

  async function replay(tenantId: string, line: DeliveryLine): Promise<void> {
    if (line.inboxId === null) {
      throw new ConflictError('Only what came in can be run again', {
        remedy: 'Run what went out again from the system it concerns.',
      });
    }
    if (line.jobId !== null && (await queue.deadLetters.replay(line.jobId))) return;
    const { webhook } = await readArrival(db, tenantId, line.inboxId);
    await queue.enqueue({
      type: receiveDelivery,
      payload: { inboxId: line.inboxId, webhook },
      tenantId,
      owner: line.pluginId,
      dedupeKey: `again/${line.inboxId}`,
      dedupe: 'while-waiting',
    });
  }

  return {
    list: async (tenant, filter) => await listDeliveries(db, { ...filter, tenantId: (await tenants.get(tenant)).id }),
    async replay(tenant, deliveryId, actor) {
      const { id } = await tenants.get(tenant);
      const line = await getDelivery(db, id, deliveryId);
      await replay(id, line);
      await note(id, actor, 'delivery.replay', `delivery/${deliveryId}`, { kind: line.kind });
      return line;
    },
    async deadLetters(tenant, filter) {
      const own = { ...filter, tenantId: (await tenants.get(tenant)).id };
      const [{ items }, total] = await Promise.all([
        queue.deadLetters.list(own, { limit: MOST_LISTED }),
        queue.deadLetters.count(own),
      ]);
      return { items, total };
    },
    async replayDeadLetters(tenant, { id: letterId, payload, ...filter }, actor) {
      const { id } = await tenants.get(tenant);
      if (letterId === undefined) {
        const count = await queue.deadLetters.replayAll({ ...filter, tenantId: id });
        await note(id, actor, 'dead-letter.replay', 'dead-letters', { count });
        return count;
      }
      const letter = await ownDeadLetter(id, letterId);
      const count = Number(await queue.deadLetters.replay(letter.id, payload === undefined ? {} : { payload }));
      await note(id, actor, 'dead-letter.replay', `dead-letter/${letterId}`, { count, edited: payload !== undefined });
      return count;
    },
    async discardDeadLetter(tenant, letterId, reason, actor) {
      const { id } = await tenants.get(tenant);
      await ownDeadLetter(id, letterId);
      await queue.deadLetters.discard(letterId, reason);
      await note(id, actor, 'dead-letter.discard', `dead-letter/${letterId}`, { reason });
    },
  };
}
