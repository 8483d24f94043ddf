import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { acceptRequest } from '../../send/accept.ts';
import { AGENT, CASE, type Desk, openDesk } from '../desk.ts';
import { ask as askAt, type Asking, outcome } from './doors.ts';

let desk: Desk;

const ask = async (who: string, path: string, options: Partial<Asking> = {}) =>
  await askAt(who, path, { at: desk, ...options });

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

async function send(): Promise<string> {
  const { mails } = await acceptRequest(desk.context, {
    requestId: crypto.randomUUID(),
    by: { memberId: AGENT },
    about: { caseId: CASE },
    to: ['anna@example.net'],
    subject: 'Elevator',
    text: 'Text',
  });
  return mails[0]?.mailId ?? '';
}

test('the pages of the list Sent lose no mail of one moment or one millisecond, and have none twice', async () => {
  const moments = ['123456', '123456', '123456', '123456', '123789', '123001'];
  const mails: { id: string; moment: string }[] = [];
  for (const moment of moments) mails.push({ id: await send(), moment });
  for (const { id, moment } of mails) {
    const at = `2026-01-02T03:04:05.${moment}Z`;
    await desk.hub.hub.database.pool.query('update mail_outgoing set created_at = $2 where id = $1', [id, at]);
  }
  const found: string[] = [];
  let next: string | null = '';
  for (let turn = 0; turn < moments.length && next !== null; turn += 1) {
    const before: string = next === '' ? '' : `&before=${encodeURIComponent(next)}`;
    const { body } = await ask(AGENT, `/sent?limit=2${before}`);
    const page = body as { mails: { id: string }[]; next: string | null };
    found.push(...page.mails.map(({ id }) => id));
    next = page.next;
  }
  const newest = mails.toSorted((one, other) => (one.moment + one.id < other.moment + other.id ? 1 : -1));
  expect(found).toEqual(newest.map(({ id }) => id));
  expect(next).toBeNull();
});

test.each(['', 'x', '2026-01-02T03:04:05Z', `2026-02-30T03:04:05Z~${AGENT}`, `0000-01-02T03:04:05Z~${AGENT}`])(
  'pages take nothing but what a page gave: %p',
  async (before) => {
    expect(await outcome(ask(AGENT, `/sent?before=${before}`))).toBe('payload');
  },
);
