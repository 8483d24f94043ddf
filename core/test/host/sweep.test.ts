import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestHub, type TestHub } from '@switchboard/testing/hub';
import { waitFor } from '@switchboard/testing';
import { z } from 'zod';
import { defineJob } from '../../contract/index.ts';

/** As the schedule enqueues it at night. */
const tonight = defineJob({ name: 'core.sweep', payload: z.object({}), lane: 'bulk' });

let hub: TestHub;

beforeAll(async () => {
  hub = await startTestHub({ crm: false });
});
afterAll(async () => await hub.close());

const old = "now() - interval '401 days'";
const id = (last: number): string => `00000000-0000-4000-8000-00000000000${last}`;

test('the nightly sweep forgets what is over, and keeps what still counts', async () => {
  const { pool } = hub.hub.database;
  const tenant = hub.tenantId;
  const put = (text: string, values: unknown[]) => pool.query(text, [tenant, ...values]);
  const outbox = `insert into crm_outbox (tenant_id, object, record_id, owned, fields, refs, lane, bytes, state, parked_at)
    values ($1, 'person', $2, true, '{}', '{}', 1, 2, $3, ${old})`;
  await put(outbox, [id(1), 'discarded']);
  await put(outbox, [id(2), 'parked']);
  const record = `insert into crm_record (tenant_id, object, id, data, changed_at, deleted_at)
    values ($1, 'person', $2, $3, ${old}, ${old})`;
  await put(record, [id(3), '{"id": "destroyed"}']);
  await put(record, [id(4), '{"id": "in the bin of Twenty", "createdAt": "2025-01-01T00:00:00Z"}']);
  const link = `insert into crm_link (tenant_id, our_id, object, crm_id, created_at) values ($1, $2, 'person', $3, ${old})`;
  await put(link, [id(5), id(3)]);
  await put(link, [id(6), id(4)]);
  await put(`insert into crm_nonce (tenant_id, nonce, seen_at) values ($1, 'long ago', ${old})`, []);

  await hub.hub.queue.enqueue({ type: tonight, payload: {}, tenantId: null, owner: 'core', dedupeKey: 'test' });
  const left = async () => {
    const { rows } = await pool.query<{ id: string }>(`
      select record_id as id from crm_outbox union all select id from crm_record
      union all select our_id from crm_link union all select null from crm_nonce order by id`);
    return rows.map((row) => row.id);
  };
  await waitFor('the sweep', async () => (await left()).length === 3);
  expect(await left()).toEqual([id(2), id(4), id(6)]);
});
