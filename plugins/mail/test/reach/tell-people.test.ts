import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type JobRun, sql, thisTenant } from '@switchboard/core/contract';
import { markBounced } from '../../file/address-marks.ts';
import { fileMessages } from '../../file/file-messages.ts';
import { tellPeople } from '../../reach/tell-people.ts';
import { acceptRequest } from '../../send/accept.ts';
import { createMail } from '../../send/mail-capability.ts';
import { transmit } from '../../send/transmit.ts';
import type { BouncedRecipient } from '../../understand/understood.ts';
import { AGENT, ANNA, CASE, type Desk, openDesk, records } from '../desk.ts';
import { type Smtp, startSmtp } from '../send/smtp.ts';

let desk: Desk;
let smtp: Smtp;

beforeAll(async () => {
  desk = await openDesk();
  smtp = await startSmtp();
  desk.line.account = smtp.account;
});
afterAll(async () => {
  await smtp.close();
  await desk.close();
});
beforeEach(async () => {
  Object.assign(desk.records, records());
  desk.clock.now = Date.now;
  desk.jobs.length = 0;
  const { pool } = desk.hub.hub.database;
  for (const table of ['crm_outbox', 'mail_person_mark', 'mail_address_state', 'mail_outgoing'])
    await pool.query(`delete from ${table}`);
});

const ADDRESS = 'anna@example.net';
const DAY_MS = 86_400_000;
const run: JobRun = { id: crypto.randomUUID(), attempt: 1, signal: new AbortController().signal };

const anna = async () => (await desk.written('person')).find(({ id }) => id === ANNA);
const tell = async () => await tellPeople(desk.context);
const isAskedFor = () => desk.jobs.some(({ type }) => type.name === 'mail.tell-people');

async function send(): Promise<string> {
  const { mails } = await acceptRequest(desk.context, {
    requestId: crypto.randomUUID(),
    by: { memberId: AGENT },
    about: { caseId: CASE },
    to: [ADDRESS],
    subject: 'Elevator',
    text: 'Dear Anna',
  });
  return mails[0]?.mailId ?? '';
}

async function bounce(at = new Date()): Promise<void> {
  const mailId = await send();
  await transmit(desk.context, mailId, run);
  const recipient = {
    reason: 'user-unknown',
    code: '5.1.1',
    text: 'No such user',
    permanent: true,
  } as BouncedRecipient;
  await markBounced(desk.context.tables, mailId, [{ address: ADDRESS, recipient }], at);
}

test('whom mail does not reach is marked with the reason, once', async () => {
  await bounce();
  await tell();
  await tell();
  expect(await anna()).toMatchObject({
    mailUndeliverable: true,
    mailUndeliverableReason: `${ADDRESS}: user unknown, 5.1.1`,
    mailUndeliverableSince: expect.any(String) as unknown as string,
  });
  const { rows } = await desk.hub.hub.database.pool.query(`select 1 from crm_outbox where object = 'person'`);
  expect(rows).toHaveLength(1);
});

test('an address that a server does not know at the door counts as one that mail comes back from', async () => {
  smtp.faults.push({ step: 'rcpt', does: { code: 550, text: '5.1.1 No such user' } });
  await transmit(desk.context, await send(), run);
  expect(isAskedFor()).toBe(true);
  await tell();
  expect(await anna()).toMatchObject({ mailUndeliverable: true });
});

test.each(['5.7.1 Not from you', '5.3.4 Too large', '5.2.2 Mailbox full'])(
  'what is not about the address marks nobody: %s',
  async (text) => {
    smtp.faults.push({ step: 'rcpt', does: { code: 550, text } });
    await transmit(desk.context, await send(), run);
    await tell();
    expect(await anna()).toBeUndefined();
  },
);

test('the mark goes when mail comes from there', async () => {
  await bounce();
  await tell();
  desk.jobs.length = 0;
  await fileMessages(desk.context, [await desk.addMessage({ from: ADDRESS })]);
  expect(isAskedFor()).toBe(true);
  await tell();
  expect(await anna()).toMatchObject({
    mailUndeliverable: false,
    mailUndeliverableReason: '',
    mailUndeliverableSince: null,
  });
});

test('the mark goes when a later mail was taken and nothing came back for a day', async () => {
  await bounce(new Date(Date.now() - 60_000));
  await tell();
  await transmit(desk.context, await send(), run);
  await tell();
  expect(await anna()).toMatchObject({ mailUndeliverable: true });
  desk.clock.now = () => Date.now() + DAY_MS + 60_000;
  await tell();
  expect(await anna()).toMatchObject({ mailUndeliverable: false });
});

test('the mark goes when the person has another address', async () => {
  await bounce();
  await tell();
  const [person] = desk.records['person'] ?? [];
  Object.assign(person ?? {}, { emails: { primaryEmail: 'anna.berg@example.net', additionalEmails: [] } });
  await tell();
  expect(await anna()).toMatchObject({ mailUndeliverable: false });
});

test('an author is warned of an address that mail does not reach, and may write there all the same', async () => {
  await bounce();
  const { tables } = desk.context;
  const [state] = await tables.query<{ state: string }>(
    sql`select state from mail_address_state where tenant_id = ${thisTenant} and address = ${ADDRESS}`,
  );
  expect(state).toEqual({ state: 'unreachable' });
  const preview = await createMail(desk.context).preview({
    requestId: crypto.randomUUID(),
    by: { memberId: AGENT },
    about: { caseId: CASE },
    to: [ADDRESS],
    subject: 'Elevator',
    text: 'Dear Anna',
  });
  expect(preview.mails[0]?.warnings).toEqual([expect.stringContaining('came back')]);
});
