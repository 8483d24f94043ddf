import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { acceptRequest } from '../../send/accept.ts';
import { findOutgoing } from '../../send/outgoing.ts';
import { quoteOf, withQuote } from '../../send/quote.ts';
import { rawOf } from '../../send/raw.ts';
import { compose } from '../../send/compose.ts';
import { fileMessages } from '../../file/file-messages.ts';
import { understand } from '../../understand/understand.ts';
import { AGENT, CASE, type Desk, mailbox, openDesk, OTHER_AGENT, OWN, records, type TestMessage } from '../desk.ts';

const ANSWER = 'The part is ordered.\n\nIt comes on Friday.';
const EARLIER = 'Dear desk,\n\nthe elevator stands still again.\n\n> We have looked at it.\n\nWhen does somebody come?';

const sender = { name: 'Ada Agent', address: 'desk@example.com' };
const earlier = {
  from: { name: 'Anna Berg', address: 'anna@example.net' },
  at: new Date('2026-11-21T09:05:00Z'),
  text: EARLIER,
  html: '',
};

/** The answer as another mail program, or this hub, reads it. */
async function readAgain(locale: string, html: string, original = earlier) {
  const body = withQuote({ text: `${ANSWER}\n`, html }, quoteOf(original, { locale, timeZone: 'Europe/Amsterdam' }));
  const raw = await compose({
    from: sender,
    to: [earlier.from],
    cc: [],
    subject: 'Elevator',
    ...body,
    attachments: [],
    messageId: 'answer@example.com',
    date: new Date(),
    inReplyTo: '',
    references: [],
    marker: 'x',
    automatic: 'no',
  });
  return await understand(raw);
}

describe.each([
  ['en', 'On 21 November 2026 at 10:05, Anna Berg <anna@example.net> wrote:'],
  ['de-DE', 'Am 21. November 2026 um 10:05 schrieb Anna Berg <anna@example.net>:'],
  ['nl-NL', 'Op 21 november 2026 om 10:05 schreef Anna Berg <anna@example.net>:'],
  ['fr-FR', 'On 21 November 2026 at 10:05, Anna Berg <anna@example.net> wrote:'],
])('a quote in the language of the author, %s', (locale, attribution) => {
  test('says who wrote when, and is no part of the reply any more when it is read', async () => {
    const { text, replyText } = await readAgain(locale, '');
    expect(text).toContain(`${attribution}\n> Dear desk,\n>\n> the elevator stands still again.\n>\n>> We have looked`);
    expect(replyText).toBe(ANSWER);
  });

  test('is the same in HTML', async () => {
    const answer = '<p>The part is ordered.</p><p>It comes on Friday.</p>';
    const html =
      '<p>Dear desk,</p><p>the elevator <b>stands still</b>.</p><img src="https://t.example/x.gif"><script>x()</script>';
    const read = await readAgain(locale, answer, { ...earlier, html });
    expect(read.html).toContain('<b>stands still</b>');
    expect(read.html).not.toContain('t.example');
    expect(read.replyText).toBe(ANSWER);
  });
});

test('a quote without end is cut, and an empty one is none', () => {
  const long = quoteOf({ ...earlier, text: 'A line of many.\n'.repeat(10_000) }, { locale: 'en', timeZone: 'UTC' });
  expect(long.text.length).toBeLessThan(50_000);
  expect(long.text.trimEnd().endsWith('[…]')).toBe(true);
  expect(quoteOf({ ...earlier, text: ' \n' }, { locale: 'en', timeZone: 'UTC' })).toEqual({ text: '', html: '' });
});

describe('an answer to a case', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk();
  });
  afterAll(async () => await desk.close());
  beforeEach(async () => {
    Object.assign(desk.records, records());
    desk.mailboxes.splice(0, Infinity, mailbox());
    await desk.hub.hub.database.pool.query('delete from mail_message');
    await desk.hub.hub.database.pool.query('delete from mail_filing');
  });

  const arrives = async (message: TestMessage) => {
    const id = await desk.addMessage({ subject: 'Re: Elevator [C-000123]', ...message });
    await fileMessages(desk.context, [id]);
  };
  async function sent(change: object = {}): Promise<{ text: string; shown: string }> {
    const { mails } = await acceptRequest(desk.context, {
      requestId: crypto.randomUUID(),
      by: { memberId: AGENT },
      about: { caseId: CASE },
      to: 'contact',
      subject: 'Elevator',
      text: 'It comes on Friday.',
      ...change,
    });
    const mail = await findOutgoing(desk.context.tables, mails[0]?.mailId ?? '');
    if (mail === undefined) throw new Error('Nothing was accepted');
    return { text: (await understand(await rawOf(desk.context, mail))).text, shown: mail.text };
  }

  test('carries the mail that it answers, and shows in the case without it', async () => {
    await arrives({ from: 'anna@example.net' });
    const { text, shown } = await sent();
    expect(text).toContain('Anna Berg <anna@example.net> wrote:\n> Text');
    expect(shown.trim()).toBe('It comes on Friday.');
  });

  test('is written in the language of its author', async () => {
    await arrives({ from: 'anna@example.net' });
    Object.assign(desk.records['workspaceMember']?.[0] ?? {}, { locale: 'de-DE' });
    expect((await sent()).text).toContain('schrieb Anna Berg <anna@example.net>:');
  });

  test.each([
    ['where the mailbox does not want it', { rules: { quotesEarlier: false } }, {}],
    ['to somebody who did not write it', {}, { to: ['other@example.org'] }],
    ['from the hub itself', {}, { by: 'hub' }],
  ] as const)('quotes nothing %s', async (_why, change, request) => {
    desk.mailboxes.splice(0, Infinity, mailbox(change));
    await arrives({ from: 'anna@example.net' });
    expect((await sent(request)).text).not.toContain('wrote:');
  });

  test('quotes nothing of a personal mailbox that its owner does not share', async () => {
    desk.mailboxes.push(mailbox({ id: OWN, kind: 'member', ownerId: OTHER_AGENT, address: 'other@example.com' }));
    await arrives({ from: 'anna@example.net', mailboxId: OWN, to: ['other@example.com'] });
    expect((await sent()).text).not.toContain('wrote:');
  });
});
