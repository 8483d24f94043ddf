import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type AnyPlugin, definePlugin } from '@switchboard/core/contract';
import { plugin as mail } from '@switchboard/plugin-mail';
import type { Dovecot } from '@switchboard/testing';
import { TEST_TENANT } from '@switchboard/testing/hub';
import { SMTPServer } from 'smtp-server';
import type { World } from './world.ts';

/** A server that takes mail, but for addresses that it was told to refuse. */
export interface MailServer {
  readonly taken: { readonly to: readonly string[]; readonly raw: string }[];
  readonly refused: Set<string>;
  /** The plugin, which hands its mail to this server. */
  readonly plugin: AnyPlugin;
  readonly close: () => Promise<void>;
}

export async function startMailServer(): Promise<MailServer> {
  const taken: MailServer['taken'][number][] = [];
  const refused = new Set<string>();
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    onRcptTo({ address }, _session, done) {
      done(refused.has(address) ? Object.assign(new Error('No such user here'), { responseCode: 550 }) : null);
    },
    onData(stream, session, done) {
      void buffer(stream).then((raw) => {
        taken.push({ to: session.envelope.rcptTo.map(({ address }) => address), raw: raw.toString('utf8') });
        done(null, 'Queued');
      });
    },
  });
  // A hub that stops leaves connections behind.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const account = { options: { host: '127.0.0.1', port, secure: false, requireTLS: false }, auth: undefined };
  const plugin = definePlugin({
    ...mail,
    setup: (given: Parameters<NonNullable<typeof mail.setup>>[0]) => {
      const services = mail.setup?.(given);
      if (services === undefined) throw new Error('The plugin has no services');
      return { ...services, smtp: async () => account, lookUp };
    },
  });
  return {
    taken,
    refused,
    plugin: plugin as unknown as AnyPlugin,
    close: async () => await new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The names that there are: one domain that asks to refuse what does not prove to be its own. */
const lookUp = async (domain: string): Promise<string[][]> => {
  if (domain === '_dmarc.example.org') return [['v=DMARC1; p=reject']];
  throw Object.assign(new Error('no such name'), { code: 'ENOTFOUND' });
};

/** A mailbox of the desk, read from a real server. @returns its id */
export async function addDeskMailbox(
  { hub }: Pick<World, 'hub'>,
  dovecot: Dovecot,
  rules: object = {},
): Promise<string> {
  const server = { host: dovecot.host, port: dovecot.port, security: 'tls', user: 'desk' };
  const answer = await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes`, {
    name: 'Service desk',
    address: 'desk@example.com',
    password: 'password',
    settings: { imap: server, smtp: { ...server, port: 465 }, ca: dovecot.ca },
    rules,
  });
  const { mailbox } = answer.body as { mailbox?: { id: string } };
  if (mailbox === undefined) throw new Error(`The mailbox was not added: ${JSON.stringify(answer.body)}`);
  return mailbox.id;
}

/** From now on that is how the mailbox is. */
export async function changeRules({ hub }: Pick<World, 'hub'>, id: string, rules: object): Promise<void> {
  await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/mail/doors/mailboxes/change`, { id, rules });
}

interface Letter {
  readonly from: string;
  readonly subject: string;
  readonly text: string;
  /** The raw mail that it answers. */
  readonly answers?: string;
  readonly html?: string;
}

/** What a person somewhere writes back. */
export function letter({ from, subject, text, answers, html }: Letter): string {
  const id = answers === undefined ? undefined : /^Message-ID:\s+(\S+)/im.exec(answers)?.[1];
  const references = id === undefined ? [] : [`In-Reply-To: ${id}`, `References: ${id}`];
  const head = [
    `From: ${from}`,
    'To: Service desk <desk@example.com>',
    `Subject: ${subject}`,
    `Date: ${new Date().toUTCString()}`,
    `Message-ID: <${crypto.randomUUID()}@example.net>`,
    ...references,
  ];
  if (html === undefined) return [...head, '', text, ''].join('\r\n');
  const boundary = 'limit';
  const part = (type: string, body: string) => [`--${boundary}`, `Content-Type: ${type}; charset=utf-8`, '', body];
  return [
    ...head,
    'MIME-Version: 1.0',
    `Content-Type: multipart/alternative; boundary=${boundary}`,
    '',
    ...part('text/plain', text),
    ...part('text/html', html),
    `--${boundary}--`,
    '',
  ].join('\r\n');
}
