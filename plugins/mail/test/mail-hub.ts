import { type AnyPlugin, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import type { Dovecot } from '@switchboard/testing';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { mailboxRules } from '../mailbox-rules.ts';
import type { Mailbox } from '../mailboxes/mailbox.ts';
import { mailboxSettings } from '../mailboxes/settings.ts';
import { plugin } from '../plugin.ts';
import { holdingOf } from '../start.ts';
import type { Config } from '../config.ts';
import type { Context } from '../services.ts';
import { chooseFolders } from '../receive/folder.ts';
import type { Holding, Pace } from '../receive/hold-mailbox.ts';
import { foldersToImport, importFolder } from '../receive/import.ts';
import { passOver } from '../receive/pass.ts';

export const quickPace: Pace = { pollMs: 300, idleMs: 2_000, retryMs: 100, lookMs: 200 };

/** The hub with the plugin, which reads nothing by itself: tests say when. */
export type MailHub = TestHub & { readonly context: Context; readonly holding: Holding };

export async function startMailHub(settings: object = {}): Promise<MailHub> {
  let context: PluginContext<Config, never> | undefined;
  const { start: _reads, ...rest } = plugin;
  const asked = {
    ...rest,
    check: async (given: PluginContext<Config, never>) => {
      context = given;
      return [];
    },
  } as unknown as AnyPlugin;
  const hub = await startTestHub({ plugins: [asked], crm: false });
  await hub.hub.admin.plugins.enable(
    TEST_TENANT,
    'mail',
    { internalHosts: 'localhost', verifySenders: false, ...settings },
    'test',
  );
  await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/check`);
  if (context === undefined) throw new Error('the plugin was not called');
  const ours = context as unknown as Context;
  return { ...hub, context: ours, holding: holdingOf(ours, quickPace) };
}

export type MailboxOptions = {
  readonly port?: number;
  readonly horizonDays?: number | null;
  readonly folders?: readonly string[];
};

/** A mailbox of the desk on the test's own server. */
export async function addMailbox(
  { context }: Pick<MailHub, 'context'>,
  dovecot: Dovecot,
  user: string,
  { port = dovecot.port, horizonDays = 30, folders = [] }: MailboxOptions = {},
): Promise<Mailbox> {
  const server = { host: dovecot.host, security: 'tls', user };
  return await context.services.mailboxes.add({
    kind: 'desk',
    ownerId: undefined,
    name: 'Desk',
    address: `${user}@example.com`,
    auth: 'password',
    settings: mailboxSettings.parse({
      imap: { ...server, port },
      smtp: { ...server, port: 465 },
      ca: dovecot.ca,
      horizonDays,
      folders,
    }),
    rules: mailboxRules.parse({}),
    password: 'password',
  });
}

/** One pass over the folders, then what there is to import. */
export async function readMailbox(
  holding: Holding,
  mailbox: Mailbox,
  signal = AbortSignal.timeout(30_000),
): Promise<void> {
  const imap = await holding.connect(mailbox, signal);
  try {
    const current = await holding.mailboxes.get(mailbox.id);
    const chosen = chooseFolders(await imap.folders(), mailbox.settings.folders);
    await passOver(holding, imap, current, chosen, signal);
    for (const folder of await foldersToImport(holding.tables, mailbox.id))
      await importFolder(holding, imap, folder, signal);
    await holding.mailboxes.noteSuccess(mailbox.id);
  } finally {
    imap.close();
  }
}

export type StoredMessage = {
  readonly id: string;
  readonly subject: string;
  readonly state: string;
  readonly problem: string;
  readonly text: string;
  readonly is_history: boolean;
  readonly is_outgoing: boolean;
};

/** What is stored of a mailbox, by subject. */
export async function storedMessages({ tables }: Pick<Context, 'tables'>, { id }: Mailbox): Promise<StoredMessage[]> {
  return await tables.query<StoredMessage>(sql`
    select id, subject, state, problem, text, is_history, is_outgoing from mail_message
      where tenant_id = ${thisTenant} and mailbox_id = ${id}::uuid order by subject`);
}

/** A mail that nobody else has written. */
export function simpleMail(id: string, extra: readonly string[] = [], body = `This is ${id}.`): string {
  const lines = [
    'From: Anna Berg <anna@example.net>',
    'To: Desk <desk@example.com>',
    `Subject: About ${id}`,
    'Date: Sat, 21 Nov 2026 10:00:00 +0000',
    `Message-ID: <${id}@example.net>`,
    ...extra,
    '',
    body,
    '',
  ];
  return lines.join('\r\n');
}
