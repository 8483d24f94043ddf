import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { MailRequest } from '@switchboard/core/contract';
import { fileMessages } from '../../file/file-messages.ts';
import { acceptRequest } from '../../send/accept.ts';
import { createMail } from '../../send/mail-capability.ts';
import { findOutgoing, transmissionsOf } from '../../send/outgoing.ts';
import { takeTurn } from '../../send/pace.ts';
import { transmit } from '../../send/transmit.ts';
import { undoRequest } from '../../send/undo.ts';
import { AGENT, ANNA, CASE, type Desk, DESK, mailbox, openDesk, OTHER_AGENT, OWN, records } from '../desk.ts';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

beforeEach(async () => {
  Object.assign(desk.records, records());
  desk.mailboxes.splice(0, Infinity, mailbox({ rules: { undoSeconds: 10 } }));
  desk.clock.now = Date.now;
  desk.jobs.length = 0;
  for (const table of ['mail_pace', 'mail_address_state', 'mail_filing', 'mail_outgoing'])
    await desk.hub.hub.database.pool.query(`delete from ${table}`);
});

const by = { memberId: AGENT };
const request = (change: Partial<MailRequest> = {}): MailRequest => ({
  requestId: crypto.randomUUID(),
  by,
  about: { caseId: CASE },
  to: 'contact',
  subject: 'Elevator',
  text: 'Dear {{person.firstName}}, about {{case.number}}',
  ...change,
});
const run = { id: 'run', attempt: 1, signal: new AbortController().signal };
const MALFUNCTION = 'f0000000-0000-4000-8000-000000000001';

function malfunction(count: number): void {
  desk.records['malfunction'] = [{ id: MALFUNCTION, title: 'Power cut' }];
  const ids = Array.from(
    { length: count },
    (_, index) => `${String(index).padStart(8, '0')}-0000-4000-8000-00000000000c`,
  );
  desk.records['serviceCase'] = ids.map((id) => ({
    id,
    status: 'OPEN',
    malfunctionId: MALFUNCTION,
    personId: id,
    number: id.slice(0, 8),
  }));
  desk.records['person'] = ids.map((id, index) => ({
    id,
    name: { firstName: `Person ${index}`, lastName: 'Example' },
    emails: { primaryEmail: `person${index}@example.net` },
  }));
}

describe('a request', () => {
  test('twice, also at the same time, is one mail', async () => {
    const wanted = request();
    const answers = await Promise.all([acceptRequest(desk.context, wanted), acceptRequest(desk.context, wanted)]);
    expect(answers[0]).toEqual(answers[1]);
    expect(await acceptRequest(desk.context, wanted)).toEqual(answers[0]);
    const { rows } = await desk.hub.hub.database.pool.query('select id from mail_outgoing');
    expect(rows).toHaveLength(1);
  });

  test('under an id that was used for another mail is refused', async () => {
    const wanted = request();
    await acceptRequest(desk.context, wanted);
    await expect(acceptRequest(desk.context, { ...wanted, text: 'Something else' })).rejects.toMatchObject({
      code: 'conflict',
    });
  });

  test('fills in the fields of the case, adds its number to the subject and the signature below', async () => {
    desk.mailboxes.splice(0, 1, mailbox({ rules: { signature: '{{author.name}}, {{mailbox.name}}' } }));
    const { mails } = await acceptRequest(desk.context, request());
    const mail = await findOutgoing(desk.context.tables, mails[0]?.mailId ?? '');
    expect(mail?.subject).toBe('Elevator [C-000123]');
    expect(mail?.text).toBe('Dear Anna, about C-000123\n\n-- \nAda Agent, Service desk\n');
  });

  test('with a field that does not exist is refused, and the preview names it', async () => {
    const wanted = request({ text: 'Dear {{person.frstName}}, {{case.customerReference}}' });
    await expect(acceptRequest(desk.context, wanted)).rejects.toThrow('{{person.frstName}}');
    const preview = await createMail(desk.context).preview(wanted);
    expect(preview.mails[0]?.missing).toEqual(['case.customerReference', 'person.frstName']);
  });

  test.each([
    ['de-DE', 'WAITING_FOR_CUSTOMER', 'Stand: wartet auf Kunden'],
    ['nl', 'IN_PROGRESS', 'Stand: in behandeling'],
    ['en', 'WAITING_FOR_OTHERS', 'Stand: waiting for others'],
    ['fr', 'RESOLVED', 'Stand: resolved'],
    ['de', 'WITH_THE_LANDLORD', 'Stand: with the landlord'],
  ])('says the state of the case in the language of the workspace: %s, %s', async (locale, status, expected) => {
    Object.assign(desk.records['serviceCase']?.[0] ?? {}, { status });
    const context = { ...desk.context, tenant: { ...desk.context.tenant, locale } };
    const { mails } = await createMail(context).preview(request({ text: 'Stand: {{case.status}}' }));
    expect(mails[0]?.text).toBe(`${expected}\n`);
  });

  test.each([
    [{ to: ['nobody'] }, 'payload', 'mail.no-address-at-all'],
    [{ to: [] }, 'payload', 'mail.nobody'],
    [{ subject: ' ' }, 'payload', 'mail.subject'],
    [{ text: '' }, 'payload', 'mail.no-text'],
    [{ about: { malfunctionId: 'c0000000-0000-4000-8000-0000000000ff' } }, 'not-found', 'mail.malfunction-gone'],
  ] as const)('with %p is refused for a reason that a page can say in its own words', async (change, code, reason) => {
    const refused = acceptRequest(desk.context, request(change));
    await expect(refused).rejects.toMatchObject({ code, reason });
  });

  test.each([
    [{ to: ['nobody'] }, 'payload'],
    [{ to: [] }, 'payload'],
    [{ subject: ' ' }, 'payload'],
    [{ text: '' }, 'payload'],
    [{ requestId: '' }, 'payload'],
    [{ about: { caseId: 'c0000000-0000-4000-8000-0000000000ff' } }, 'not-found'],
    [{ about: { malfunctionId: 'c0000000-0000-4000-8000-0000000000ff' } }, 'not-found'],
    [{ mailboxId: OWN }, 'not-found'],
    [{ attachments: [{ file: 'a'.repeat(64), name: 'plan.pdf' }] }, 'payload'],
  ] as const)('with %p is refused', async (change, code) => {
    await expect(acceptRequest(desk.context, request(change as Partial<MailRequest>))).rejects.toMatchObject({ code });
  });

  test('to five hundred addresses at once is refused with the way that works', async () => {
    const to = Array.from({ length: 500 }, (_, index) => `person${index}@example.net`);
    await expect(acceptRequest(desk.context, request({ to }))).rejects.toMatchObject({
      message: expect.stringContaining('at most 100 addresses; this one has 500'),
      remedy: expect.stringContaining('malfunction'),
    });
  });

  test('from a mailbox of somebody else is refused', async () => {
    desk.mailboxes.push(mailbox({ id: OWN, kind: 'member', ownerId: OTHER_AGENT, address: 'other@example.com' }));
    await expect(acceptRequest(desk.context, request({ mailboxId: OWN }))).rejects.toMatchObject({ code: 'forbidden' });
    const mail = createMail(desk.context);
    expect((await mail.mailboxes(by)).map(({ id }) => id)).toEqual([DESK]);
    expect((await mail.mailboxes({ memberId: OTHER_AGENT })).map(({ id }) => id)).toEqual([DESK, OWN]);
  });

  test('to a contact without an address, and about a case without a contact, says so', async () => {
    desk.records['person'] = [
      { id: ANNA, name: { firstName: 'Anna', lastName: 'Berg' }, emails: { primaryEmail: '' } },
    ];
    await expect(acceptRequest(desk.context, request())).rejects.toThrow('Anna Berg has no e-mail address.');
    desk.records['serviceCase'] = [{ id: CASE, status: 'OPEN', personId: null }];
    await expect(acceptRequest(desk.context, request())).rejects.toThrow('The case has no contact.');
  });

  test('answers the newest mail of the conversation', async () => {
    const ids = await desk.context.services.ownIds();
    const reference = ids.caseReference(CASE, 'example.com').replaceAll(/[<>]/g, '');
    const reply = await desk.addMessage({
      from: 'anna@example.net',
      messageId: 'newest@example.net',
      references: [reference],
    });
    await fileMessages(desk.context, [reply]);
    const { mails } = await acceptRequest(desk.context, request());
    const mail = await findOutgoing(desk.context.tables, mails[0]?.mailId ?? '');
    expect(mail?.inReplyTo).toBe('newest@example.net');
    expect(mail?.references).toEqual([reference, 'newest@example.net']);
  });
});

describe('a mail to the cases of a malfunction', () => {
  test('goes to each contact apart, and each answer leads to its own case', async () => {
    malfunction(3);
    const answer = await acceptRequest(
      desk.context,
      request({ about: { malfunctionId: MALFUNCTION }, cc: ['boss@example.org'] }),
    );
    expect(new Set(answer.mails.map(({ messageId }) => messageId)).size).toBe(3);
    const ids = await desk.context.services.ownIds();
    for (const { mailId, caseId, messageId } of answer.mails) {
      const mail = await findOutgoing(desk.context.tables, mailId);
      expect(mail?.people.to).toHaveLength(1);
      expect(ids.read(messageId)).toEqual({ caseId, mailId });
    }
    const [, second] = answer.mails;
    const reply = await desk.addMessage({ from: 'person1@example.net', inReplyTo: second?.messageId ?? '' });
    await fileMessages(desk.context, [reply]);
    const { rows } = await desk.hub.hub.database.pool.query('select case_id from mail_filing where message_id = $1', [
      reply,
    ]);
    expect(rows).toEqual([{ case_id: second?.caseId }]);
  });

  test('leaves out, with the reason, whom it cannot reach', async () => {
    malfunction(4);
    const [none, noAddress, unreachable] = desk.records['serviceCase'] ?? [];
    Object.assign(none ?? {}, { personId: null });
    Object.assign(desk.records['person']?.[1] ?? {}, { emails: { primaryEmail: '' } });
    await desk.hub.hub.database.pool.query(
      `insert into mail_address_state values ($1, 'person2@example.net', 'unreachable', 'user-unknown', '5.1.1', now(), now())`,
      [desk.context.tenant.id],
    );
    const answer = await acceptRequest(desk.context, request({ about: { malfunctionId: MALFUNCTION } }));
    expect(answer.mails).toHaveLength(1);
    expect(answer.leftOut.map(({ caseId, reason }) => [caseId, reason])).toEqual([
      [none?.id, 'no-contact'],
      [noAddress?.id, 'no-address'],
      [unreachable?.id, 'unreachable'],
    ]);
  });

  test('closed cases and merged ones are none of it', async () => {
    malfunction(3);
    Object.assign(desk.records['serviceCase']?.[0] ?? {}, { status: 'CLOSED' });
    Object.assign(desk.records['serviceCase']?.[1] ?? {}, { mergedIntoId: CASE });
    const answer = await acceptRequest(desk.context, request({ about: { malfunctionId: MALFUNCTION } }));
    expect(answer.mails).toHaveLength(1);
  });

  test('more than can be told are refused with the way that works, and leave nobody out in silence', async () => {
    malfunction(1_000);
    const about = { malfunctionId: MALFUNCTION };
    await expect(acceptRequest(desk.context, request({ about }))).rejects.toMatchObject({
      code: 'conflict',
      field: 'about.malfunctionId',
      remedy: expect.stringContaining('Choose the cases'),
    });
    const [first, , third] = desk.records['serviceCase'] ?? [];
    const caseIds = [third?.id ?? '', first?.id ?? '', CASE];
    const { mails } = await acceptRequest(desk.context, request({ about: { ...about, caseIds } }));
    expect(mails.map(({ caseId }) => caseId).toSorted()).toEqual([first?.id, third?.id].toSorted());
  });

  test('five hundred go one after another, as fast as the provider takes them', async () => {
    malfunction(500);
    desk.mailboxes.splice(0, 1, mailbox({ rules: { perMinute: 30 } }));
    const answer = await acceptRequest(desk.context, request({ about: { malfunctionId: MALFUNCTION } }));
    expect(answer.mails).toHaveLength(500);
    const delays = desk.jobs.map(({ delayMs = 0 }) => delayMs).toSorted((one, other) => one - other);
    expect(delays.at(-1)).toBeGreaterThan(16 * 60_000);
    expect(delays.filter((delay) => delay < 60_000).length).toBeLessThanOrEqual(31);
  });
});

describe('waiting', () => {
  test('can be taken back, twice, and by nobody else', async () => {
    const wanted = request();
    const { mails } = await acceptRequest(desk.context, wanted);
    const mailId = mails[0]?.mailId ?? '';
    await expect(transmit(desk.context, mailId, run)).rejects.toMatchObject({ code: 'postponed' });
    await expect(
      undoRequest(desk.context, { requestId: wanted.requestId, by: { memberId: OTHER_AGENT } }),
    ).rejects.toMatchObject({ code: 'not-found' });
    for (let click = 0; click < 2; click += 1)
      expect(await undoRequest(desk.context, { requestId: wanted.requestId, by })).toEqual({
        undone: [mailId],
        tooLate: [],
      });
    desk.clock.now = () => Date.now() + 60_000;
    await transmit(desk.context, mailId, run);
    expect((await transmissionsOf(desk.context.tables, [mailId]))[0]?.state).toBe('undone');
  });

  test('is over when the mail is on its way', async () => {
    const wanted = request();
    const { mails } = await acceptRequest(desk.context, wanted);
    const mailId = mails[0]?.mailId ?? '';
    desk.clock.now = () => Date.now() + 60_000;
    desk.line.account = { options: { host: '127.0.0.1', port: 1 }, auth: undefined };
    await transmit(desk.context, mailId, run).catch(() => {});
    expect(await undoRequest(desk.context, { requestId: wanted.requestId, by })).toEqual({
      undone: [],
      tooLate: [mailId],
    });
  });

  test('lasts until the moment that the author has chosen', async () => {
    const sendAt = new Date(Date.now() + 86_400_000);
    const { mails, goesAt } = await acceptRequest(desk.context, request({ sendAt }));
    expect(goesAt).toBe(sendAt.toISOString());
    await expect(transmit(desk.context, mails[0]?.mailId ?? '', run)).rejects.toMatchObject({ code: 'postponed' });
  });

  test('for a turn is as long as the provider wants', async () => {
    const slow = mailbox({ rules: { perMinute: 30 } });
    const now = new Date();
    for (let index = 0; index < 5; index += 1) await takeTurn(desk.context.tables, slow, now);
    await expect(takeTurn(desk.context.tables, slow, now)).rejects.toMatchObject({ code: 'rate-limited' });
    await takeTurn(desk.context.tables, slow, new Date(now.getTime() + 3000));
  });

  test('ends for no mailbox that somebody has to look at, and until then the mail can be taken back', async () => {
    desk.mailboxes.splice(0, 1, mailbox());
    const wanted = request();
    const { mails } = await acceptRequest(desk.context, wanted);
    const mailId = mails[0]?.mailId ?? '';
    desk.mailboxes.splice(0, 1, mailbox({ isActive: false }));
    await expect(transmit(desk.context, mailId, run)).rejects.toMatchObject({ code: 'postponed' });
    expect(await undoRequest(desk.context, { requestId: wanted.requestId, by })).toEqual({
      undone: [mailId],
      tooLate: [],
    });
    desk.mailboxes.splice(0, 1, mailbox());
    await transmit(desk.context, mailId, run);
    expect((await transmissionsOf(desk.context.tables, [mailId]))[0]?.state).toBe('undone');
  });
});
