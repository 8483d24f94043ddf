import { randomUUID } from 'node:crypto';
import {
  type CrmReader,
  type CrmRecord,
  definePlugin,
  type JobInput,
  json,
  type PluginContext,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { ownIdsOf } from '../file/own-ids-source.ts';
import { mailboxRules, type MailboxRules } from '../mailbox-rules.ts';
import type { Mailbox, SendContext, SentFolder } from '../send/context.ts';
import type { SmtpAccount } from '../send/dialogue.ts';

/** The plugin's tables and the host's commit as they are, with a CRM and mailboxes that the test says. Jobs are kept, not run. */
export type Desk = {
  readonly hub: TestHub;
  readonly context: SendContext;
  /** Records of the mirror, by object. */
  readonly records: Record<string, CrmRecord[]>;
  readonly mailboxes: Mailbox[];
  readonly sent: { folder: SentFolder };
  /** Messages that prove by themselves who has sent them. */
  readonly proven: Set<string>;
  readonly line: { account: SmtpAccount };
  readonly clock: { now: () => number };
  /** What was committed beside rows. */
  readonly jobs: JobInput[];
  readonly addMessage: (message: TestMessage) => Promise<string>;
  readonly written: (object: string) => Promise<Record<string, unknown>[]>;
  readonly close: () => Promise<void>;
};

export type TestMessage = {
  readonly from: string;
  readonly messageId?: string;
  readonly subject?: string;
  readonly inReplyTo?: string;
  readonly references?: readonly string[];
  readonly to?: readonly string[];
  readonly verdict?: string;
  readonly mailboxId?: string;
  readonly isOutgoing?: boolean;
  readonly isHistory?: boolean;
  readonly receivedAt?: Date;
  readonly understood?: object;
};

export const DESK = 'a0000000-0000-4000-8000-000000000001';
export const OWN = 'a0000000-0000-4000-8000-000000000002';
export const ANNA = 'b0000000-0000-4000-8000-000000000001';
export const CASE = 'c0000000-0000-4000-8000-000000000001';
const COMPANY = 'd0000000-0000-4000-8000-000000000001';
export const AGENT = 'e0000000-0000-4000-8000-000000000001';
export const OTHER_AGENT = 'e0000000-0000-4000-8000-000000000002';

export function mailbox(
  change: Partial<Omit<Mailbox, 'rules'>> & { readonly rules?: Partial<MailboxRules> } = {},
): Mailbox {
  return {
    id: DESK,
    kind: 'desk',
    ownerId: undefined,
    name: 'Service desk',
    address: 'desk@example.com',
    isActive: true,
    ...change,
    rules: mailboxRules.parse({ undoSeconds: 0, perMinute: 6000, ...change.rules }),
  };
}

/** A case of Anna, who works for Example. */
export function records(): Record<string, CrmRecord[]> {
  return {
    serviceCase: [
      { id: CASE, number: 'C-000123', subject: 'Elevator', status: 'OPEN', personId: ANNA, companyId: COMPANY },
    ],
    person: [
      {
        id: ANNA,
        name: { firstName: 'Anna', lastName: 'Berg' },
        emails: { primaryEmail: 'anna@example.net', additionalEmails: [] },
        companyId: COMPANY,
      },
    ],
    company: [{ id: COMPANY, name: 'Example' }],
    malfunction: [],
    workspaceMember: [
      { id: AGENT, userEmail: 'agent@example.com', name: { firstName: 'Ada', lastName: 'Agent' } },
      { id: OTHER_AGENT, userEmail: 'other@example.com', name: { firstName: 'Bob', lastName: 'Other' } },
    ],
  };
}

/** Two desks of two tenants in one hub. */
export async function openTwoDesks(): Promise<[Desk, Desk]> {
  const contexts: PluginContext[] = [];
  const hub = await startWith(contexts);
  const second = { slug: 'other', name: 'Other', country: 'NL', timeZone: 'Europe/Amsterdam' };
  await hub.hub.admin.tenants.create(second, 'test');
  await enable(hub, 'other');
  const [one, other] = [TEST_TENANT, 'other'].map((slug) => contexts.findLast(({ tenant }) => tenant.slug === slug));
  if (one === undefined || other === undefined) throw new Error('The plugin was not set up');
  return [deskWith(hub, one), deskWith(hub, other)];
}

export async function openDesk(): Promise<Desk> {
  const contexts: PluginContext[] = [];
  const hub = await startWith(contexts);
  const context = contexts.at(-1);
  if (context === undefined) throw new Error('The plugin was not set up');
  return deskWith(hub, context);
}

async function startWith(contexts: PluginContext[]): Promise<TestHub> {
  const probe = definePlugin({
    ...(await barePlugin()),
    setup: (context) => void contexts.push(context),
    check: async () => [],
  });
  const hub = await startTestHub({ plugins: [probe], crm: false });
  await enable(hub, TEST_TENANT);
  return hub;
}

/** Asking for a check-up has the plugin set up. */
async function enable(hub: TestHub, slug: string): Promise<void> {
  await hub.hub.admin.plugins.enable(slug, 'mail', {}, 'test');
  await hub.api('POST', `/tenants/${slug}/plugins/mail/check`);
}

async function barePlugin() {
  const { plugin } = await import('../plugin.ts');
  const { id, contract, name, summary, config, migrations } = plugin;
  return { id, contract, name, summary, config, ...(migrations !== undefined && { migrations }) } as const;
}

function deskWith(hub: TestHub, bare: PluginContext): Desk {
  const held = records();
  const mailboxes = [mailbox()];
  const jobs: JobInput[] = [];
  const clock = { now: Date.now };
  const proven = new Set<string>();
  const none: SentFolder = { isFilledByProvider: true, has: async () => false, append: async () => {} };
  const sent = { folder: none };
  const line = { account: { options: {}, auth: undefined } as SmtpAccount };
  const context: SendContext = {
    ...bare,
    clock: { now: () => clock.now() },
    crm: memoryReader(held, bare.crm),
    commit: async ({ jobs: asked = [], rows, ...changes }) => {
      const own: JobInput[] = [...asked];
      await bare.commit({
        ...changes,
        rows: async (tables) => {
          const { jobs: following = [], ...others } = (await rows?.(tables)) ?? {};
          own.push(...following);
          return others;
        },
      });
      jobs.push(...own);
    },
    services: {
      ownIds: ownIdsOf(bare),
      mailboxes: { find: async (id) => mailboxes.find((one) => one.id === id), list: async () => mailboxes },
      smtp: async () => line.account,
      sentFolder: async () => sent.folder,
      isProven: async (messageId) => proven.has(messageId),
    },
  };
  return {
    hub,
    context,
    records: held,
    mailboxes,
    sent,
    proven,
    line,
    clock,
    jobs,
    addMessage: (message) => addMessage(context, message),
    written: (object) => written(hub, object),
    close: hub.close,
  };
}

function memoryReader(held: Record<string, CrmRecord[]>, real: CrmReader): CrmReader {
  const byEmail = (email: string) =>
    (held['person'] ?? [])
      .filter(({ emails }) => (emails as { primaryEmail: string }).primaryEmail === email)
      .map((record) => ({ object: 'person', record }));
  return {
    ...real,
    get: async (object, id) => held[object]?.find((record) => record.id === id),
    getMany: async (object, ids) =>
      new Map((held[object] ?? []).filter(({ id }) => ids.includes(id)).map((record) => [record.id, record])),
    findBy: async (object, field, value, limit = 100) =>
      (held[object] ?? []).filter((record) => record[field] === value).slice(0, limit),
    findByEmail: async (email) => byEmail(email),
    findByEmails: async (emails) => new Map(emails.map((email) => [email, byEmail(email)])),
    all: async (object) => held[object] ?? [],
  };
}

async function addMessage({ tables }: SendContext, message: TestMessage): Promise<string> {
  const id = randomUUID();
  const addresses = (list: readonly string[] = []) => list.map((address) => ({ name: '', address }));
  const messageId = message.messageId ?? `${id}@mail.example.net`;
  const inReplyTo = message.inReplyTo === undefined ? [] : [message.inReplyTo];
  const understood = {
    inReplyTo,
    references: message.references ?? [],
    written: { messageId, inReplyTo, references: message.references ?? [] },
    to: addresses(message.to ?? ['desk@example.com']),
    cc: [],
    answerUnwelcome: false,
    bounce: null,
    feedback: null,
    authentication: { aligned: false },
    marker: null,
    attachments: [],
    ...message.understood,
  };
  await tables.query(sql`
    insert into mail_message (
      tenant_id, id, state, message_id, subject, from_address, from_name, received_at, verdict, is_outgoing, is_history,
      bytes, attachments, understood, text, reply_text, html, mailbox_id)
    values (${thisTenant}, ${id}, 'ready', ${messageId}, ${message.subject ?? 'Elevator'}, ${message.from}, 'Anna Berg',
      ${message.receivedAt ?? new Date()}, ${message.verdict ?? 'human'}, ${message.isOutgoing ?? false},
      ${message.isHistory ?? false}, 1000, 0, ${json(understood)}::jsonb, 'Text', 'Text', '', ${message.mailboxId ?? DESK})
  `);
  for (const named of new Set([...inReplyTo, ...(message.references ?? [])])) {
    await tables.query(sql`
      insert into mail_reference (tenant_id, named, message_id) values (${thisTenant}, ${named}, ${id})
    `);
  }
  return id;
}

/** What the outbox holds for an object, patches of one record merged. */
async function written({ hub }: TestHub, object: string): Promise<Record<string, unknown>[]> {
  const { rows } = await hub.database.pool.query<{ record_id: string; fields: object }>(
    'select record_id, fields from crm_outbox where object = $1 order by seq',
    [object],
  );
  const merged = new Map<string, Record<string, unknown>>();
  for (const { record_id: id, fields } of rows) merged.set(id, { ...merged.get(id), id, ...fields });
  return [...merged.values()];
}
