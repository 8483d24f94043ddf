import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { sql, thisTenant } from '@switchboard/core/contract';
import { acknowledge } from '../../file/acknowledge.ts';
import { fileMessages } from '../../file/file-messages.ts';
import type { Filing } from '../../file/filing.ts';
import type { OwnIds } from '../../file/own-ids.ts';
import { acceptRequest } from '../../send/accept.ts';
import { AGENT, ANNA, CASE, type Desk, mailbox, openDesk, OWN, records } from '../desk.ts';

let desk: Desk;
let ids: OwnIds;

beforeAll(async () => {
  desk = await openDesk();
  ids = await desk.context.services.ownIds();
});
afterAll(async () => await desk.close());

beforeEach(async () => {
  Object.assign(desk.records, records());
  desk.mailboxes.splice(0, Infinity, mailbox());
  desk.jobs.length = 0;
  for (const table of ['mail_arrival', 'mail_participant', 'mail_address_state', 'mail_request', 'mail_outgoing'])
    await desk.hub.hub.database.pool.query(`delete from ${table}`);
  await desk.hub.hub.database.pool.query('delete from crm_outbox');
});

const bare = (id: string) => id.replaceAll(/[<>]/g, '');
const token = (caseId = CASE) => bare(ids.caseReference(caseId, 'example.com'));

async function filingOf(id: string): Promise<Filing | undefined> {
  const [row] = await desk.context.tables.query<Filing>(sql`
    select outcome, case_id as "caseId", related_case_id as "relatedCaseId", sender_check as "senderCheck",
      is_shown as "isShown", is_quiet as "isQuiet", person_id as "personId", flood
    from mail_filing where tenant_id = ${thisTenant} and message_id = ${id}
  `);
  return row;
}

async function file(...messages: readonly Parameters<Desk['addMessage']>[0][]): Promise<(Filing | undefined)[]> {
  const stored: string[] = [];
  for (const message of messages) stored.push(await desk.addMessage(message));
  await fileMessages(desk.context, stored);
  return await Promise.all(stored.map(filingOf));
}

async function sentMail(): Promise<{ mailId: string; messageId: string }> {
  const request = { requestId: crypto.randomUUID(), by: { memberId: AGENT }, about: { caseId: CASE } };
  const { mails } = await acceptRequest(desk.context, {
    ...request,
    to: 'contact',
    subject: 'Elevator',
    text: 'Dear Anna',
  });
  const [mail] = mails;
  if (mail === undefined) throw new Error('Nothing was accepted');
  return mail;
}

describe('a mail about nothing known', () => {
  test('opens one case for its person, whatever number of times it is filed', async () => {
    const id = await desk.addMessage({ from: 'anna@example.net', subject: 'Elevator stuck' });
    await Promise.all([fileMessages(desk.context, [id]), fileMessages(desk.context, [id])]);
    await fileMessages(desk.context, [id]);
    const filing = await filingOf(id);
    expect(filing).toMatchObject({ outcome: 'case-opened', personId: ANNA, isShown: true });
    expect(await desk.written('serviceCase')).toEqual([
      expect.objectContaining({
        id: filing?.caseId,
        subject: 'Elevator stuck',
        status: 'NEW',
        channel: 'EMAIL',
        personId: ANNA,
      }),
    ]);
    expect(await desk.written('caseMessage')).toEqual([
      expect.objectContaining({
        serviceCaseId: filing?.caseId,
        fromAddress: 'anna@example.net',
        senderCheck: 'VERIFIED',
      }),
    ]);
    expect((await desk.written('caseEntry')).map(({ kind }) => kind)).toEqual(['CREATED', 'MAIL_RECEIVED']);
  });

  test('text and hidden recipients stay in the hub', async () => {
    await file({ from: 'anna@example.net', understood: { bcc: [{ name: '', address: 'secret@example.org' }] } });
    const told = JSON.stringify([await desk.written('caseMessage'), await desk.written('caseEntry')]);
    expect(told).not.toContain('secret@example.org');
    expect(Object.keys((await desk.written('caseMessage'))[0] ?? {})).not.toContain('body');
  });

  test('a reply in the same batch joins the case that the batch has just opened', async () => {
    const [first, reply] = await file(
      { from: 'anna@example.net', messageId: 'first@example.net', receivedAt: new Date(Date.now() - 1000) },
      { from: 'anna@example.net', inReplyTo: 'first@example.net' },
    );
    expect(first?.outcome).toBe('case-opened');
    expect(reply).toMatchObject({ outcome: 'joined', caseId: first?.caseId });
  });

  test('a reply in the next batch joins it before the CRM has told of the case', async () => {
    const [first] = await file({ from: 'anna@example.net', messageId: 'second@example.net' });
    const [reply] = await file({ from: 'anna@example.net', references: ['second@example.net'] });
    expect(reply).toMatchObject({ outcome: 'joined', caseId: first?.caseId });
  });

  test('an answer that comes before what it answers leads that one into its case', async () => {
    const [answer] = await file({ from: 'anna@example.net', inReplyTo: 'late@example.net' });
    const [late] = await file({ from: 'anna@example.net', messageId: 'late@example.net' });
    expect(late).toMatchObject({ outcome: 'joined', caseId: answer?.caseId });
  });

  test('in two of our mailboxes opens one case, also when it was seen first where none are opened', async () => {
    const info = mailbox({ id: OWN, address: 'info@example.com', rules: { opensCases: false } });
    desk.mailboxes.push(info);
    const [filing] = await file({
      from: 'anna@example.net',
      mailboxId: OWN,
      to: ['info@example.com', 'desk@example.com'],
    });
    expect(filing?.outcome).toBe('case-opened');
    const [quiet] = await file({ from: 'anna@example.net', mailboxId: OWN, to: ['info@example.com'] });
    expect(quiet?.outcome).toBe('kept');
  });

  test("in a member's own mailbox opens nothing, and nobody hears of it", async () => {
    desk.mailboxes.push(mailbox({ id: OWN, kind: 'member', ownerId: AGENT, address: 'agent@example.com' }));
    const [filing] = await file({ from: 'anna@example.net', mailboxId: OWN, to: ['agent@example.com'] });
    expect(filing).toMatchObject({ outcome: 'kept', isShown: false });
    expect(await desk.written('caseMessage')).toEqual([]);
  });
});

describe('a reply', () => {
  test('of the contact joins by our reference alone, whatever else the provider has replaced', async () => {
    const [filing] = await file({ from: 'anna@example.net', references: ['x@relay.example.org', token()] });
    expect(filing).toMatchObject({ outcome: 'joined', caseId: CASE, senderCheck: 'VERIFIED' });
  });

  test('of a stranger who holds it waits for a person and touches no case', async () => {
    desk.records['serviceCase'] = [{ ...desk.records['serviceCase']?.[0], id: CASE, status: 'CLOSED' }];
    const [filing] = await file({ from: 'eve@example.org', references: [token()] });
    expect(filing).toMatchObject({
      outcome: 'needs-a-look',
      caseId: null,
      relatedCaseId: CASE,
      senderCheck: 'UNVERIFIED',
    });
    expect(await desk.written('serviceCase')).toEqual([]);
    const [message] = await desk.written('caseMessage');
    expect(message).toMatchObject({ senderCheck: 'UNVERIFIED' });
    expect(message).not.toHaveProperty('serviceCaseId');
  });

  test('with an invented reference is a mail about nothing known', async () => {
    const forged = token().replace(/\.[0-9a-f]{24}@/, `.${'0'.repeat(24)}@`);
    const [filing] = await file({ from: 'anna@example.net', references: [forged] });
    expect(filing?.outcome).toBe('case-opened');
  });

  test('to a merged case comes to the one that it became', async () => {
    const target = 'c0000000-0000-4000-8000-00000000000f';
    desk.records['serviceCase'] = [
      { id: CASE, status: 'CLOSED', mergedIntoId: target, personId: ANNA },
      { id: target, status: 'OPEN', mergedIntoId: CASE, personId: null },
    ];
    desk.records['serviceCase'][1] = { id: target, status: 'OPEN', personId: ANNA };
    const [filing] = await file({ from: 'anna@example.net', references: [token()] });
    expect(filing).toMatchObject({ outcome: 'joined', caseId: target });
  });

  test('cases that are merged in a circle end nothing', async () => {
    const other = 'c0000000-0000-4000-8000-00000000000e';
    desk.records['serviceCase'] = [
      { id: CASE, status: 'OPEN', mergedIntoId: other, personId: ANNA },
      { id: other, status: 'OPEN', mergedIntoId: CASE, personId: ANNA },
    ];
    const [filing] = await file({ from: 'anna@example.net', references: [token()] });
    expect(filing?.outcome).toBe('joined');
  });

  test('to a closed case opens it again, and an absence note does not', async () => {
    desk.records['serviceCase'] = [{ ...desk.records['serviceCase']?.[0], id: CASE, status: 'CLOSED', reopenCount: 2 }];
    const [absent] = await file({ from: 'anna@example.net', references: [token()], verdict: 'auto-reply' });
    expect(absent).toMatchObject({ outcome: 'joined', isQuiet: true });
    const [reply] = await file({ from: 'anna@example.net', references: [token()] });
    expect(reply).toMatchObject({ outcome: 'reopened', caseId: CASE });
    expect((await desk.written('serviceCase')).at(-1)).toMatchObject({ status: 'OPEN', reopenCount: 3 });
  });

  test('of somebody who was written to joins', async () => {
    await acceptRequest(desk.context, {
      requestId: crypto.randomUUID(),
      by: { memberId: AGENT },
      about: { caseId: CASE },
      to: ['Fitter <fitter@example.org>'],
      subject: 'Elevator',
      text: 'Please look',
    });
    const [filing] = await file({ from: 'fitter@example.org', references: [token()] });
    expect(filing).toMatchObject({ outcome: 'joined', caseId: CASE });
  });

  test('by the number in the subject joins for its contact and means nothing from others', async () => {
    const [anna, eve] = await file(
      { from: 'anna@example.net', subject: 'Elevator again [C-000123]' },
      { from: 'eve@example.org', subject: 'Elevator again [C-000123]' },
    );
    expect(anna).toMatchObject({ outcome: 'joined', caseId: CASE });
    expect(eve).toMatchObject({ outcome: 'case-opened' });
  });
});

describe('loops', () => {
  test('mail above the caps is stored, opens nothing, answers nothing, and says why', async () => {
    desk.mailboxes.splice(0, 1, mailbox({ rules: { acknowledgement: { subject: 'Thanks', text: 'We have it.' } } }));
    const start = Date.now();
    const filings = await file(
      ...Array.from({ length: 14 }, (_, index) => ({
        from: 'loop@example.org',
        receivedAt: new Date(start + index * 1000),
      })),
    );
    expect(filings.map((one) => one?.outcome)).toEqual([
      ...Array.from({ length: 10 }, () => 'case-opened'),
      ...Array.from({ length: 4 }, () => 'kept'),
    ]);
    expect(filings.at(-1)?.flood).toContain('looks like a loop');
    expect(desk.jobs.filter(({ type }) => type.name === 'mail.acknowledge')).toHaveLength(10);
    const [late] = await file({ from: 'loop@example.org', receivedAt: new Date(start + 20_000) });
    expect(late?.outcome).toBe('kept');
  });

  test('history counts for nothing and opens nothing', async () => {
    const filings = await file(...Array.from({ length: 12 }, () => ({ from: 'anna@example.net', isHistory: true })), {
      from: 'anna@example.net',
    });
    expect(filings[0]?.outcome).toBe('kept');
    expect(filings.at(-1)?.outcome).toBe('case-opened');
  });

  test('our own copy is recognised and opens nothing', async () => {
    const { mailId, messageId } = await sentMail();
    const marker = ids.marker(mailId);
    const [byId, byMarker, stolen] = await file(
      { from: 'desk@example.com', messageId, isOutgoing: true },
      { from: 'desk@example.com', messageId: 'replaced@relay.example.org', understood: { marker } },
      { from: 'eve@example.org', understood: { marker } },
    );
    expect(byId).toMatchObject({ outcome: 'own', caseId: CASE, isShown: false });
    expect(byMarker).toMatchObject({ outcome: 'own', caseId: CASE });
    expect(stolen?.outcome).toBe('case-opened');
  });
});

describe('what comes back', () => {
  const report = (originalMessageId: string, recipient: object) => ({
    from: 'mailer-daemon@example.net',
    verdict: 'bounce',
    understood: {
      bounce: {
        originalMessageId,
        originalIds: [originalMessageId],
        originalSubject: '',
        readFrom: 'delivery-status',
        recipients: [
          {
            address: 'anna@example.net',
            finalAddress: '',
            action: 'failed',
            permanent: true,
            reason: 'user-unknown',
            code: '5.1.1',
            text: 'No such user',
            ...recipient,
          },
        ],
      },
    },
  });
  const addressState = async () =>
    (
      await desk.context.tables.query<{ state: string }>(
        sql`select state from mail_address_state where tenant_id = ${thisTenant}`,
      )
    )[0]?.state;

  test('marks the mail, the address and the case, and opens nothing', async () => {
    const { messageId } = await sentMail();
    const [filing] = await file(report(messageId, {}));
    expect(filing).toMatchObject({ outcome: 'bounce', caseId: CASE });
    expect(await addressState()).toBe('unreachable');
    expect((await desk.written('caseMessage')).at(-1)).toMatchObject({ status: 'BOUNCED' });
    expect((await desk.written('caseEntry')).map(({ kind }) => kind)).toContain('MAIL_FAILED');
  });

  test('about a mail that is not ours marks nobody', async () => {
    await sentMail();
    const [filing] = await file(report('invented@example.com', {}));
    expect(filing).toMatchObject({ outcome: 'bounce', caseId: null });
    expect(await addressState()).toBeUndefined();
  });

  test('for a passing reason marks the address after three days, and a word from there clears it', async () => {
    const passing = { permanent: false, reason: 'mailbox-full', code: '4.2.2' };
    const day = 86_400_000;
    for (const age of [4, 2.5]) {
      const { messageId } = await sentMail();
      await file({ ...report(messageId, passing), receivedAt: new Date(Date.now() - age * day) });
      expect(await addressState()).toBe('failing');
    }
    const { messageId } = await sentMail();
    await file(report(messageId, passing));
    expect(await addressState()).toBe('unreachable');
    await file({ from: 'anna@example.net' });
    expect(await addressState()).toBeUndefined();
  });

  test('because of what we wrote says nothing about the address', async () => {
    const { messageId } = await sentMail();
    await file(report(messageId, { reason: 'spam', code: '5.7.1' }));
    expect(await addressState()).toBeUndefined();
  });

  test('a delay is no bounce', async () => {
    const { messageId } = await sentMail();
    await file(report(messageId, { action: 'delayed', permanent: false }));
    expect(await desk.written('caseMessage')).toEqual([]);
  });
});

describe('an acknowledgement', () => {
  const template = { subject: 'We have your mail', text: 'Dear {{person.firstName|customer}}, it is {{case.number}}.' };
  const sent = async () =>
    await desk.context.tables.query<{ to: string; text: string; automatic: string }>(sql`
      select people #>> '{to,0,address}' as "to", text, automatic from mail_outgoing where tenant_id = ${thisTenant}
    `);

  async function opened(
    from: string,
    subject = 'Secret plans',
  ): Promise<{ id: string; inCrm: (number: string) => void }> {
    const id = await desk.addMessage({ from, subject });
    await fileMessages(desk.context, [id]);
    const caseId = (await filingOf(id))?.caseId ?? '';
    return {
      id,
      inCrm: (number) => {
        const others = (desk.records['serviceCase'] ?? []).filter((one) => one.id !== caseId);
        desk.records['serviceCase'] = [...others, { id: caseId, status: 'NEW', subject, number, personId: null }];
      },
    };
  }

  beforeEach(async () => {
    desk.mailboxes.splice(0, Infinity, mailbox({ rules: { acknowledgement: template } }));
    await desk.hub.hub.database.pool.query('delete from mail_acknowledgement');
  });

  test('goes once, when the case has its number, with nothing of what was written', async () => {
    const { id, inCrm } = await opened('anna@example.net');
    await expect(acknowledge(desk.context, id, new Date())).rejects.toMatchObject({ code: 'postponed' });
    inCrm('');
    await expect(acknowledge(desk.context, id, new Date())).rejects.toMatchObject({ code: 'postponed' });
    inCrm('C-000200');
    for (let run = 0; run < 2; run += 1) await acknowledge(desk.context, id, new Date());
    expect(await sent()).toEqual([
      { to: 'anna@example.net', text: 'Dear customer, it is C-000200.\n', automatic: 'auto-replied' },
    ]);
    expect(JSON.stringify(await sent())).not.toContain('Secret');
  });

  test('goes to an address once a day, and to no crowd', async () => {
    for (const from of ['anna@example.net', 'anna@example.net', 'bob@example.org']) {
      const { id, inCrm } = await opened(from);
      inCrm('C-000201');
      await acknowledge(desk.context, id, new Date());
    }
    expect((await sent()).map(({ to }) => to).toSorted()).toEqual(['anna@example.net', 'bob@example.org']);
    await desk.hub.hub.database.pool.query(
      `insert into mail_acknowledgement select $1, gen_random_uuid(), $2, 'x' || n || '@example.org', now() from generate_series(1, 60) n`,
      [desk.context.tenant.id, mailbox().id],
    );
    const { id, inCrm } = await opened('late@example.org');
    inCrm('C-000202');
    await acknowledge(desk.context, id, new Date());
    expect(await sent()).toHaveLength(2);
  });

  test('is asked for by no machine and by nobody who needs a look', async () => {
    await file(
      { from: 'robot@example.org', verdict: 'auto-reply' },
      { from: 'eve@example.org', references: [token()] },
      { from: 'quiet@example.org', understood: { answerUnwelcome: true } },
    );
    expect(desk.jobs.filter(({ type }) => type.name === 'mail.acknowledge')).toEqual([]);
  });
});
