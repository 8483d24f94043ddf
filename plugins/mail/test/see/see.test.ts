import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MailPreview } from '@switchboard/core/contract';
import { fileMessages } from '../../file/file-messages.ts';
import { acceptRequest } from '../../send/accept.ts';
import { AGENT, CASE, type Desk, DESK, mailbox, openTwoDesks, OTHER_AGENT, OWN } from '../desk.ts';
import { ADMIN, ask as askAt, type Asking, outcome } from './doors.ts';

/** A member of another tenant. */
const OUTSIDER = 'e0000000-0000-4000-8000-000000000009';

let desk: Desk;
let other: Desk;
let filed: { desk: string; personal: string; unverified: string };
let sent: { mine: string; theirs: string; personal: string };

type Body = Record<string, unknown> & { readonly mails: readonly { readonly id: string }[] };

const ask = async (who: string, path: string, options: Partial<Asking> = {}) =>
  await askAt(who, path, { at: desk, ...options });
const idsOf = async (who: string, path: string, options: Partial<Asking> = {}) =>
  ((await ask(who, path, options)).body as Body).mails.map(({ id }) => id).toSorted();

async function send(memberId: string, mailboxId: string, bcc: readonly string[] = []): Promise<string> {
  const { mails } = await acceptRequest(desk.context, {
    requestId: crypto.randomUUID(),
    by: { memberId },
    mailboxId,
    about: { caseId: CASE },
    to: ['anna@example.net'],
    bcc,
    subject: 'Elevator',
    text: 'Text',
  });
  return mails[0]?.mailId ?? '';
}

beforeAll(async () => {
  [desk, other] = await openTwoDesks();
  for (const one of [desk, other]) {
    one.mailboxes.push(mailbox({ id: OWN, kind: 'member', ownerId: AGENT, address: 'agent@example.com' }));
    for (const box of one.mailboxes) await store(one, box);
  }
  const ids = await desk.context.services.ownIds();
  const references = [ids.caseReference(CASE, 'example.com').replaceAll(/[<>]/g, '')];
  filed = {
    desk: await desk.addMessage({ from: 'anna@example.net', references, understood: { html: '' } }),
    personal: await desk.addMessage({
      from: 'anna@example.net',
      references,
      mailboxId: OWN,
      to: ['agent@example.com'],
    }),
    unverified: await desk.addMessage({ from: 'eve@example.org', references }),
  };
  await fileMessages(desk.context, Object.values(filed));
  sent = {
    mine: await send(AGENT, DESK, ['secret@example.org']),
    theirs: await send(OTHER_AGENT, DESK),
    personal: await send(AGENT, OWN),
  };
});
afterAll(async () => await desk.close());

async function store({ context, hub }: Desk, box: ReturnType<typeof mailbox>): Promise<void> {
  await hub.hub.database.pool.query(
    `insert into mail_mailbox (tenant_id, id, kind, owner_member_id, name, address, auth, settings, rules, state, live_from)
     values ($1, $2, $3, $4, $5, $6, 'password', '{}', $7, 'active', now())`,
    [context.tenant.id, box.id, box.kind, box.ownerId ?? null, box.name, box.address, JSON.stringify(box.rules)],
  );
}

describe('the list Sent', () => {
  test('shows a member what that member sent, and an administrator all', async () => {
    expect(await idsOf(AGENT, '/sent')).toEqual([sent.mine, sent.personal].toSorted());
    expect(await idsOf(OTHER_AGENT, '/sent')).toEqual([sent.theirs]);
    expect(await idsOf(ADMIN, '/sent')).toEqual(Object.values(sent).toSorted());
    expect(await idsOf('operator', '/sent')).toEqual(Object.values(sent).toSorted());
  });

  test('asking for the mails of somebody else shows none of them', async () => {
    expect(await idsOf(AGENT, `/sent?authorId=${OTHER_AGENT}`)).toEqual([]);
    expect(await idsOf(ADMIN, `/sent?authorId=${OTHER_AGENT}`)).toEqual([sent.theirs]);
  });
});

describe('looking for something in the list', () => {
  const mailsOf = async (who: string, query: string) =>
    ((await ask(who, `/sent?${query}`)).body as { mails: { id: string; case: object | null }[] }).mails;

  test('finds words of subjects and parts of addresses, hidden ones included, and signs of patterns as they are', async () => {
    const found = async (search: string) =>
      (await mailsOf(AGENT, `search=${encodeURIComponent(search)}`)).map(({ id }) => id).toSorted();
    expect(await found('elevat')).toEqual([sent.mine, sent.personal].toSorted());
    expect(await found('SECRET@example')).toEqual([sent.mine]);
    expect(await found('desk@example.com')).toEqual([]);
    expect(await found('e_evat')).toEqual([]);
    expect(await found('%')).toEqual([]);
  });

  test('narrows to what became of the mails, and says which case each is about', async () => {
    const [first] = await mailsOf(AGENT, 'state=waiting&limit=1');
    expect(first?.case).toMatchObject({ id: CASE, number: 'C-000123' });
    expect(await mailsOf(AGENT, 'state=bounced')).toEqual([]);
    expect(await mailsOf(ADMIN, 'state=failed')).toEqual([]);
  });

  test('names the authors to whom the list can be narrowed', async () => {
    const authors = async (who: string) =>
      ((await ask(who, '/sent/authors')).body as { authors: { id: string }[] }).authors.map(({ id }) => id).toSorted();
    expect(await authors(ADMIN)).toEqual([AGENT, OTHER_AGENT].toSorted());
    expect(await authors(OTHER_AGENT)).toEqual([OTHER_AGENT]);
  });
});

describe('what one needs to write about a case', () => {
  type About = { contacts: { role: string; address: string | null }[]; fields: Record<string, string> };
  const about = async (who: string, options: Partial<Asking> = {}) =>
    (await ask(who, `/compose/about?caseId=${CASE}`, options)).body as About;

  test('are its contact, who wrote, and what its fields hold', async () => {
    const { contacts, fields } = await about(AGENT);
    expect(contacts[0]).toMatchObject({
      role: 'contact',
      name: 'Anna Berg',
      address: 'anna@example.net',
      trouble: null,
    });
    expect(contacts.filter(({ address }) => address === 'anna@example.net')).toHaveLength(1);

    expect(fields).toMatchObject({ 'case.number': 'C-000123', 'person.firstName': 'Anna', 'company.name': 'Example' });
  });

  test('is not there for who does not see the case', async () => {
    expect(await outcome(ask(AGENT, `/compose/about?caseId=${CASE}`, { readsCases: false }))).toBe('not-found');
    expect(await outcome(ask(AGENT, `/compose/about?caseId=${OWN}`))).toBe('not-found');
  });
});

describe('the history of a case', () => {
  const path = `/cases/mails?caseId=${CASE}`;

  test('shows all mail of the desk; of personal mail nobody else what came, and what went to who sees all that is sent', async () => {
    const shared = [filed.desk, sent.mine, sent.theirs];
    expect(await idsOf(OTHER_AGENT, path)).toEqual(shared.toSorted());
    expect(await idsOf(ADMIN, path)).toEqual([...shared, sent.personal].toSorted());
    expect(await idsOf('operator', path)).toEqual([...shared, sent.personal].toSorted());
  });

  test('is not there for a role that reads no cases', async () => {
    expect(await outcome(ask(OTHER_AGENT, path, { readsCases: false }))).toBe('not-found');
  });

  test('hides hidden recipients from everybody but the author and administrators', async () => {
    const told = async (who: string) => JSON.stringify((await ask(who, path)).body);
    expect(await told(OTHER_AGENT)).not.toContain('secret@example.org');
    expect(await told(AGENT)).toContain('secret@example.org');
    expect(await told(ADMIN)).toContain('secret@example.org');
    const one = await ask(OTHER_AGENT, `/mails/one?kind=sent&id=${sent.mine}`);
    expect(JSON.stringify(one.body)).not.toContain('secret@example.org');
  });
});

describe('one mail', () => {
  test.each(['/mails/one', '/mails/html', '/mails/source', '/mails/attachment'])(
    '%s of a personal mailbox is not there for others',
    async (door) => {
      const query = `?id=${filed.personal}&section=1`;
      for (const who of [OTHER_AGENT, ADMIN, 'operator'])
        expect(await outcome(ask(who, door + query))).toBe('not-found');
      const own = `?kind=sent&id=${sent.personal}&section=1`;
      expect(await outcome(ask(OTHER_AGENT, door + own))).toBe('not-found');
    },
  );

  test('that went from a personal mailbox is opened by who sees all that is sent', async () => {
    expect((await ask(ADMIN, `/mails/one?kind=sent&id=${sent.personal}`)).body).toMatchObject({ id: sent.personal });
  });

  test('as a page runs nothing and loads nothing', async () => {
    const { headers } = await ask(AGENT, `/mails/html?id=${filed.desk}`);
    expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff' });
    expect(headers?.['content-security-policy']).toMatch(/^sandbox .*default-src 'none'/);
    expect(headers?.['content-security-policy']).not.toMatch(/allow-(?:scripts|same-origin|forms)|https?:/);
  });
});

describe('what waits for a person', () => {
  test('is shown to those who see the case, and settled once', async () => {
    const { unverified } = (await ask(OTHER_AGENT, '/look')).body as { unverified: { id: string }[] };
    expect(unverified.map(({ id }) => id)).toEqual([filed.unverified]);
    const settle = () =>
      ask(OTHER_AGENT, '/look/settle', { body: { messageId: filed.unverified, decision: 'belongs' } });
    const both = await Promise.allSettled([settle(), settle()]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await idsOf(OTHER_AGENT, `/cases/mails?caseId=${CASE}`)).toContain(filed.unverified);
    const messages = await desk.written('caseMessage');
    expect(messages).toContainEqual(
      expect.objectContaining({ fromAddress: 'eve@example.org', senderCheck: 'SETTLED', serviceCaseId: CASE }),
    );
  });

  test('can open a case of its own, or be turned away', async () => {
    const ids = await desk.context.services.ownIds();
    const references = [ids.caseReference(CASE, 'example.com').replaceAll(/[<>]/g, '')];
    const mails = [
      await desk.addMessage({ from: 'bob@example.org', references }),
      await desk.addMessage({ from: 'bob@example.org', references }),
    ];
    await fileMessages(desk.context, mails);
    const decide = (index: number, decision: string) =>
      ask(AGENT, '/look/settle', { body: { messageId: mails[index], decision } });
    const opened = (await decide(0, 'new-case')).body as { caseId: string };
    expect(await desk.written('serviceCase')).toContainEqual(
      expect.objectContaining({ id: opened.caseId, status: 'NEW' }),
    );
    await decide(1, 'reject');
    expect(await desk.written('caseMessage')).toContainEqual(expect.objectContaining({ senderCheck: 'REJECTED' }));
  });

  test('of somebody else is decided by an administrator alone', async () => {
    const body = { mailId: sent.theirs, decision: 'arrived' };
    expect(await outcome(ask(AGENT, '/sent/decide', { body }))).toBe('forbidden');
    expect(await outcome(ask(ADMIN, '/sent/decide', { body }))).toBe('conflict');
  });
});

describe('writing', () => {
  const composed = { about: { caseId: CASE }, to: 'contact', subject: 'Elevator', text: 'Dear {{person.firstName}}' };

  test('a preview shows what would go, and changes nothing', async () => {
    const before = await idsOf(ADMIN, '/sent');
    const { body } = await ask(AGENT, '/compose/preview', { body: { ...composed, requestId: 'preview' } });
    expect(body).toMatchObject({
      mails: [{ to: ['"Anna Berg" <anna@example.net>'], missing: [] }],
    });
    const [mail] = (body as MailPreview).mails;
    expect(mail?.text).toMatch(/^Dear Anna\n\nOn .*Anna Berg <anna@example.net> wrote:\n> Text\n$/);
    expect(await idsOf(ADMIN, '/sent')).toEqual(before);
  });

  test('a double click is one mail of the member, whoever else the request names', async () => {
    const body = { ...composed, requestId: 'click', by: { memberId: OTHER_AGENT }, author: OTHER_AGENT };
    const [first, second] = await Promise.all([
      ask(AGENT, '/compose/send', { body }),
      ask(AGENT, '/compose/send', { body }),
    ]);
    expect(first.status).toBe(202);
    expect(second.body).toEqual(first.body);
    expect(await outcome(ask(OTHER_AGENT, '/compose/undo', { body: { requestId: 'click' } }))).toBe('not-found');
    expect((await ask(AGENT, '/compose/undo', { body: { requestId: 'click' } })).body).toMatchObject({ tooLate: [] });
  });

  test('one mail of a request is taken back alone, by its author', async () => {
    const body = { ...composed, requestId: 'alone', sendAt: new Date(Date.now() + 3_600_000).toISOString() };
    const accepted = (await ask(AGENT, '/compose/send', { body })).body as { mails: { mailId: string }[] };
    const mailId = accepted.mails[0]?.mailId ?? '';
    const undo = { requestId: 'alone', mailId: sent.mine };
    expect(await outcome(ask(AGENT, '/compose/undo', { body: undo }))).toBe('not-found');
    const { body: answer } = await ask(AGENT, '/compose/undo', { body: { requestId: 'alone', mailId } });
    expect(answer).toEqual({ undone: [mailId], tooLate: [] });
  });

  test('what a server refused is tried again, for those recipients and by its author alone', async () => {
    const again = (who: string) => outcome(ask(who, '/compose/again', { body: { requestId: 'refused' } }));
    const body = { ...composed, requestId: 'refused', cc: ['bob@example.org'] };
    const accepted = (await ask(AGENT, '/compose/send', { body })).body as { mails: { mailId: string }[] };
    const mailId = accepted.mails[0]?.mailId ?? '';
    const { pool } = desk.hub.hub.database;
    const refuse = async () => {
      await pool.query(`update mail_outgoing set state = 'done' where id = $1`, [mailId]);
      await pool.query(
        `update mail_transmission set state = case address when 'bob@example.org' then 'failed' else 'accepted' end
         where outgoing_id = $1`,
        [mailId],
      );
    };
    await refuse();
    expect(await again(OTHER_AGENT)).toBe('not-found');
    expect(await again(AGENT)).toBe(202);
    const first = desk.jobs.at(-1);
    await refuse();
    expect(await again(AGENT)).toBe(202);
    const { rows } = await pool.query<{ address: string; state: string }>(
      'select address, state from mail_transmission where outgoing_id = $1 order by address',
      [mailId],
    );
    expect(rows.map(({ state }) => state)).toEqual(['accepted', 'queued']);
    expect(desk.jobs.at(-1)).toMatchObject({ type: { name: 'mail.transmit' }, payload: { mailId } });
    expect(desk.jobs.at(-1)?.dedupeKey).not.toBe(first?.dedupeKey);
    expect(await again(AGENT)).toBe('conflict');
  });

  test('only about cases that the role sees, and from mailboxes that one may use', async () => {
    const body = { ...composed, requestId: 'unseen' };
    expect(await outcome(ask(AGENT, '/compose/send', { body, readsCases: false }))).toBe('forbidden');
    expect(await outcome(ask(OTHER_AGENT, '/compose/send', { body: { ...body, mailboxId: OWN } }))).toBe('forbidden');
  });

  test('files are those that one has uploaded oneself', async () => {
    const { body } = await ask(AGENT, '/compose/upload', { body: Buffer.from('A plan') });
    const { upload } = body as { upload: string };
    const attachments = [{ upload, name: 'plan.txt' }];
    const attach = (who: string, requestId: string) =>
      ask(who, '/compose/send', { body: { ...composed, requestId, attachments } });
    expect(await outcome(attach(OTHER_AGENT, 'theirs'))).toBe('not-found');
    expect(await outcome(attach(AGENT, 'mine'))).toBe(202);
  });

  test.each([
    {},
    { ...composed },
    { ...composed, requestId: 'x', to: 'everybody' },
    { ...composed, requestId: 'x', about: {} },
  ])('what makes no sense is refused: %p', async (body) => {
    expect(await outcome(ask(AGENT, '/compose/send', { body }))).toBe('payload');
  });
});

describe('another tenant', () => {
  test('sees nothing of all that, whatever ids it knows', async () => {
    const asked = { at: other };
    expect(await idsOf('operator', '/sent', asked)).toEqual([]);
    expect(await idsOf(ADMIN, `/cases/mails?caseId=${CASE}`, asked)).toEqual([]);
    for (const id of Object.values(filed))
      expect(await outcome(ask('operator', `/mails/one?id=${id}`, asked))).toBe('not-found');
    for (const id of Object.values(sent))
      expect(await outcome(ask('operator', `/mails/one?kind=sent&id=${id}`, asked))).toBe('not-found');
    expect(await outcome(ask(OUTSIDER, `/mails/source?id=${filed.desk}`, asked))).toBe('not-found');
    expect(await outcome(ask(AGENT, '/compose/undo', { at: other, body: { requestId: 'click' } }))).toBe('not-found');
  });

  test('makes other reply ids, and takes ours for nothing', async () => {
    const ids = await desk.context.services.ownIds();
    const theirs = await other.context.services.ownIds();
    expect(theirs.read(ids.caseReference(CASE, 'example.com'))).toBeUndefined();
  });
});
