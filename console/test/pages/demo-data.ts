import { randomUUID } from 'node:crypto';
import { TEST_TENANT, type TestHub } from '@switchboard/testing/hub';

type Stage = Pick<TestHub, 'hub' | 'tenantId'>;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ago = (ms: number): Date => new Date(Date.now() - ms);

const firefox = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const android = 'Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile Safari/537.36';

/** A working day of a workspace: fictional people, numbers of the ranges that are reserved for that. */
export async function tellOfADay(stage: Stage): Promise<void> {
  await changeSettings(stage);
  await logDeliveries(stage);
  await giveUpJobs(stage);
  await leaveJobs(stage);
  await parkWrites(stage);
  await rememberSignIns(stage);
}

/** By the hub itself, so that the audit log and its chain are real. */
async function changeSettings({ hub: { admin }, tenantId }: Stage): Promise<void> {
  const ada = 'admin@example.com';
  await admin.plugins.enable(TEST_TENANT, 'threecx', { apiKey: 'a'.repeat(32) }, ada);
  await admin.auth.policies.change(tenantId, { isListed: true }, ada);
  const { version, roles } = await admin.auth.matrices.get(tenantId);
  const roleId = (label: string) => roles.find((role) => role.label === label)?.id ?? '';
  await admin.auth.matrices.change(
    tenantId,
    version,
    [
      { roleId: roleId('Agent'), permission: 'mail.see-all', granted: true },
      { roleId: roleId('Team lead'), permission: 'operations.manage', granted: true },
      { roleId: roleId('Team lead'), permission: 'data.export', granted: false },
    ],
    'kim@example.com',
  );
}

const lines = [
  ['done', 'journal', 'Call of +44 20 7946 0123 with Robin Example, 4:07: Harbour Housing, Pier 4'],
  ['done', 'lookup', '+44 7700 900456 is Pat Example of Example Works'],
  ['done', 'journal', 'Missed call of +31 20 123 4567 after 38 s in the queue Service'],
  ['rejected', 'journal', 'The time of the call cannot be read: "23-11-2026 9.15"'],
  ['done', 'journal', 'Call to +49 30 23125 118, 1:52: Northern Lifts, Depot Berlin'],
  ['waiting', 'journal', 'Stored.'],
  ['failed', 'recording', 'The recording of call 00000AF3 could not be fetched'],
  ['done', 'lookup', '+44 20 7946 0188 is unknown; three candidates by name'],
  ['ignored', 'journal', 'An internal call between 201 and 214: not recorded, as set'],
] as const;

const errors: Readonly<Record<string, readonly [code: string, remedy: string | null]>> = {
  rejected: ['payload', 'Set "Date evaluation of 3CX" to 2, install the template again, then run this once more.'],
  failed: ['upstream', null],
};

async function logDeliveries({ hub, tenantId }: Stage): Promise<void> {
  const rows = Array.from({ length: 64 }, (_, index) => {
    const [result, kind, summary] = lines[index % lines.length]!;
    const [code, remedy] = errors[result] ?? [null, null];
    const at = ago(index * 17 * MINUTE + (index % 5) * 3 * MINUTE);
    return {
      id: randomUUID(),
      kind,
      result,
      summary,
      code,
      remedy,
      record: result === 'done' ? randomUUID() : null,
      at,
    };
  });
  await hub.database.pool.query(
    `insert into delivery
       (id, tenant_id, plugin_id, direction, kind, result, summary, error_code, remedy, record_id, created_at, updated_at)
     select id, $1, 'threecx', 'in', kind, result, summary, code, remedy, record, at, at
     from jsonb_to_recordset($2::jsonb) as one
       (id uuid, kind text, result text, summary text, code text, remedy text, record uuid, at timestamptz)`,
    [tenantId, JSON.stringify(rows)],
  );
}

async function giveUpJobs({ hub, tenantId }: Stage): Promise<void> {
  const jobs = [
    {
      type: 'threecx.take-recording',
      payload: { callId: '00000AF3', recordingId: 8121 },
      code: 'upstream',
      message: '3CX answered 503 for recording 8121',
      remedy: 'Look whether the PBX is running, then run this again.',
      at: ago(3 * HOUR),
    },
    {
      type: 'core.receive',
      payload: { inboxId: randomUUID(), webhook: 'report-call' },
      code: 'payload',
      message: 'body.startUtc: is no time',
      remedy: 'Correct the time, or set "Date evaluation of 3CX" to 2.',
      at: ago(7 * HOUR),
    },
  ].map((job) => ({ ...job, key: randomUUID() }));
  await hub.database.pool.query(
    `insert into job (tenant_id, owner, type, lane, payload, dedupe_key, dedupe_hash, dedupe_forever, state, attempts,
       max_attempts, run_at, first_started_at, finished_at, error_code, error_message, error_remedy)
     select $1, 'threecx', type, 'normal', payload, key::text, key, true, 'dead', 12, 12, at, at, at, code, message, remedy
     from jsonb_to_recordset($2::jsonb) as one
       (type text, payload jsonb, code text, message text, remedy text, at timestamptz, key uuid)`,
    [tenantId, JSON.stringify(jobs)],
  );
}

/** Of a plugin that is paused in the queue, so that no worker takes them. */
async function leaveJobs({ hub, tenantId }: Stage): Promise<void> {
  const jobs = [
    { owner: 'mail', type: 'mail.read-mailbox', lane: 'normal', state: 'waiting', before: 4 * MINUTE, attempts: 0 },
    {
      owner: 'threecx',
      type: 'threecx.take-recording',
      lane: 'bulk',
      state: 'waiting',
      before: -11 * MINUTE,
      attempts: 3,
      message: '3CX answered 503 for recording 8122',
      remedy: 'Look whether the PBX is running.',
    },
    { owner: 'threecx', type: 'threecx.tidy', lane: 'bulk', state: 'waiting', before: -7 * HOUR, attempts: 0 },
  ].map((job) => ({ ...job, at: ago(job.before), key: randomUUID() }));
  await hub.queue.pause('mail', tenantId);
  await hub.database.pool.query(
    `insert into job (tenant_id, owner, type, lane, payload, dedupe_key, dedupe_hash, dedupe_forever, state, attempts,
       max_attempts, run_at, error_code, error_message, error_remedy)
     select $1, owner, type, lane, '{}', key::text, key, true, state, attempts, 10, at,
       case when message is not null then 'upstream' end, message, remedy
     from jsonb_to_recordset($2::jsonb) as one (owner text, type text, lane text, state text, attempts integer,
       message text, remedy text, at timestamptz, key uuid)`,
    [tenantId, JSON.stringify(jobs)],
  );
}

async function parkWrites({ hub, tenantId }: Stage): Promise<void> {
  await hub.database.pool.query(
    `insert into crm_outbox (tenant_id, object, record_id, owned, fields, refs, lane, bytes, state, staged_at, parked_at,
       error_code, error_message, remedy)
     values ($1, 'phoneCall', $2, true, $3, '{}', 1, 200, 'parked', $4, $4, 'payload', $5, $6)`,
    [
      tenantId,
      randomUUID(),
      { name: 'Call with Pat Example', outcome: 'ANSWERED', durationSeconds: 247 },
      ago(2 * HOUR),
      'The field "outcome" takes none of these: ANSWERED',
      'Bring the Switchboard app in Twenty up to date, then run this again.',
    ],
  );
}

async function rememberSignIns({ hub, tenantId }: Stage): Promise<void> {
  const { pool } = hub.database;
  const visits = [
    ['robin@example.com', 'signed-in', '192.0.2.14', firefox, 2 * HOUR],
    ['sam@example.com', 'two-factor-required', '192.0.2.31', android, 3 * HOUR],
    ['kim@example.com', 'signed-in', '198.51.100.7', firefox, 26 * HOUR],
    ['admin@example.com', 'signed-in', '192.0.2.10', android, 2 * DAY],
    [null, 'foreign-answer', '203.0.113.66', firefox, 3 * DAY],
  ].map(([email, result, address, agent, before]) => ({ email, result, address, agent, at: ago(Number(before)) }));
  // The history is read by its numbers: these are older than what the test itself did.
  await pool.query(
    `insert into auth_sign_in (id, tenant_id, at, email, result, address, user_agent) overriding system value
     select -row_number() over (order by at desc), $1, at, email, result, address, agent from jsonb_to_recordset($2::jsonb) as one
       (at timestamptz, email text, result text, address text, agent text)`,
    [tenantId, JSON.stringify(visits)],
  );
  await pool.query(
    `insert into auth_two_factor (tenant_id, member_id, has_method, seen_at)
     select tenant_id, id, email <> 'sam@example.com', now() - interval '3 hours' from workspace_member
     where tenant_id = $1 and email in ('robin@example.com', 'sam@example.com') on conflict do nothing`,
    [tenantId],
  );
  await pool.query(
    `insert into auth_session (tenant_id, member_id, user_id, locale, token_hash, created_at, seen_at, expires_at, address, user_agent)
     select tenant_id, id, id, 'en', sha256(id::text::bytea), now() - interval '5 hours', now() - interval '20 minutes',
       now() + interval '9 hours', '192.0.2.10', $2
     from workspace_member where tenant_id = $1 and email = 'admin@example.com'`,
    [tenantId, android],
  );
}
