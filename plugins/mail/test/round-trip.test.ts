import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { definePlugin, type Mail, mail, type PluginContext, sql, thisTenant } from '@switchboard/core/contract';
import { waitFor } from '@switchboard/testing';
import { frontComponentToken } from '@switchboard/testing/front-component-token';
import { startTestHub, TEST_TENANT, type TestHub } from '@switchboard/testing/hub';
import { z } from 'zod';
import { fileMail } from '../file/work.ts';
import { mailboxRules } from '../mailbox-rules.ts';
import { mailboxSettings } from '../mailboxes/settings.ts';
import { plugin } from '../plugin.ts';
import type { Context } from '../services.ts';
import { type Smtp, startSmtp } from './send/smtp.ts';

/** From another plugin to a real mail server and to Twenty, and the reply back to its case: everything as it runs, but the reading of the mailbox. */

let hub: TestHub;
let smtp: Smtp;
let context: Context;
let offered: () => Mail | undefined;

const desk = definePlugin({
  id: 'desk',
  contract: 1,
  name: 'Desk',
  summary: 'Sends mail.',
  config: z.object({}),
  setup: (given: PluginContext) => {
    offered = () => given.capability(mail);
  },
  check: async () => [],
});

beforeAll(async () => {
  smtp = await startSmtp();
  const { start: _start, ...rest } = plugin;
  const asked = definePlugin({
    ...rest,
    setup: (given: Parameters<NonNullable<typeof plugin.setup>>[0]) => {
      const services = plugin.setup?.(given);
      if (services === undefined) throw new Error('The plugin has no services');
      const own = { ...services, smtp: async () => smtp.account };
      context = { ...given, services: own };
      return own;
    },
  });
  hub = await startTestHub({ plugins: [asked, desk] as never });
  for (const id of ['mail', 'desk']) {
    await hub.hub.admin.plugins.enable(TEST_TENANT, id, {}, 'test');
    await hub.api('POST', `/tenants/${TEST_TENANT}/plugins/${id}/check`);
  }
}, 120_000);
afterAll(async () => {
  await hub?.close();
  await smtp?.close();
});

async function create(object: string, data: object): Promise<string> {
  const type = object.charAt(0).toUpperCase() + object.slice(1);
  const mutation = `mutation Create($data: ${type}CreateInput!) { create${type}(data: $data) { id } }`;
  const answer = await hub.crm.records(mutation, { data });
  return (answer[`create${type}`] as { id: string }).id;
}

async function messages(): Promise<Record<string, unknown>[]> {
  const { caseMessages } = (await hub.crm.records(
    `query { caseMessages(first: 50) { edges { node { direction status fromAddress serviceCaseId senderCheck } } } }`,
    {},
  )) as { caseMessages: { edges: { node: Record<string, unknown> }[] } };
  return caseMessages.edges.map(({ node }) => node);
}

test('a mail about a case goes out, its reply comes back to the case, and both are in Twenty', async () => {
  const person = await create('person', {
    name: { firstName: 'Anna', lastName: 'Berg' },
    emails: { primaryEmail: 'anna@example.net' },
  });
  const serviceCase = await create('serviceCase', { subject: 'Elevator', status: 'OPEN', personId: person });
  const box = await context.services.mailboxes.add({
    kind: 'desk',
    ownerId: undefined,
    name: 'Service desk',
    address: 'desk@example.com',
    auth: 'password',
    settings: mailboxSettings.parse({
      imap: { host: 'imap.example.com', port: 993, security: 'tls' },
      smtp: { host: 'smtp.gmail.com', port: 465, security: 'tls' },
    }),
    rules: mailboxRules.parse({ undoSeconds: 0 }),
    password: 'password',
  });
  await waitFor('the case and its contact to be in the mirror', async () => {
    const found = await context.crm.get('serviceCase', serviceCase);
    const contact = await context.crm.findByEmail('anna@example.net');
    return found?.['personId'] === person && contact.length > 0;
  });

  const request = { requestId: 'one', by: 'hub', about: { caseId: serviceCase }, to: 'contact' } as const;
  const answer = await offered()?.send({
    ...request,
    subject: 'About {{case.subject}}',
    text: 'Dear {{person.firstName}}',
  });
  await waitFor('the mail to arrive', () => smtp.taken.length === 1);
  expect(smtp.taken[0]?.to).toEqual(['anna@example.net']);

  const id = crypto.randomUUID();
  const replyTo = answer?.mails[0]?.messageId ?? '';
  const understood = { inReplyTo: [replyTo], references: [replyTo], to: [], cc: [], authentication: {} };
  await context.tables.query(sql`
    insert into mail_message (tenant_id, id, state, message_id, subject, from_address, from_name, received_at, verdict,
      is_outgoing, is_history, bytes, attachments, understood, text, reply_text, html, mailbox_id)
    values (${thisTenant}, ${id}, 'ready', 'reply@example.net', 'Re: About Elevator', 'anna@example.net', 'Anna', now(), 'human',
      false, false, 100, 0, ${JSON.stringify(understood)}::jsonb, 'Thanks', 'Thanks', '', ${box.id})
  `);
  await context.commit({ jobs: [{ type: fileMail, payload: { messageIds: [id] }, dedupeKey: id }] });
  await waitFor('both mails to be in Twenty', async () => (await messages()).length === 2);
  expect(await messages()).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ direction: 'OUTBOUND', status: 'SENT', serviceCaseId: serviceCase }),
      expect.objectContaining({
        direction: 'INBOUND',
        status: 'RECEIVED',
        serviceCaseId: serviceCase,
        senderCheck: 'VERIFIED',
      }),
    ]),
  );
}, 120_000);

test('a member inside Twenty sees the mails of the case at the door', async () => {
  const token = await frontComponentToken({ url: hub.twenty.url, email: 'admin@example.com', password: 'password-1' });
  const [found] = await context.crm.findBy('serviceCase', 'subject', 'Elevator');
  const answer = await fetch(`${hub.url}/panel/v1/plugins/mail/cases/mails?caseId=${found?.id}`, {
    headers: { origin: 'null', authorization: `Bearer ${token}` },
  });
  const { mails } = (await answer.json()) as { mails: { kind: string; subject: string }[] };
  expect(mails.map(({ kind }) => kind)).toEqual(['received', 'sent']);
});
