import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MailPreview } from '@switchboard/core/contract';
import { fileMessages } from '../../file/file-messages.ts';
import { AGENT, ANNA, CASE, type Desk, openDesk } from '../desk.ts';
import { ask as askAt, type Asking, outcome } from './doors.ts';

/** What the role in Twenty takes from a member is also out of reach by the hub. */
let desk: Desk;

const ask = async (who: string, path: string, options: Partial<Asking> = {}) =>
  await askAt(who, path, { at: desk, ...options });

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(async () => await desk.close());

describe('what the role of the author may not read', () => {
  const hidden = ['person'];
  const composed = {
    about: { caseId: CASE },
    to: ['bob@example.org'],
    subject: 'Elevator',
    text: 'Dear {{person.name}} of {{company.name}}',
  };

  test('is missing in the preview, by name, and in the mail; what the mail is filed under stays', async () => {
    const preview = await ask(AGENT, '/compose/preview', { body: { ...composed, requestId: 'hidden' }, hidden });
    const [shown] = (preview.body as MailPreview).mails;
    expect(shown).toMatchObject({ missing: ['person.name'] });
    expect(shown?.text).toMatch(/^Dear {2}of Example/);
    await ask(AGENT, '/compose/send', { body: { ...composed, requestId: 'hidden' }, hidden });
    const { rows } = await desk.hub.hub.database.pool.query<{ text: string; person_id: string }>(
      `select text, person_id from mail_outgoing where request_key = 'hidden'`,
    );
    expect(rows).toEqual([expect.objectContaining({ person_id: ANNA })]);
    expect(rows[0]?.text).toMatch(/^Dear {2}of Example/);
  });

  test('is written to neither, and its address is not told', async () => {
    const body = { ...composed, to: 'contact', requestId: 'hidden contact' };
    const preview = await ask(AGENT, '/compose/preview', { body, hidden });
    expect(preview.body).toMatchObject({
      mails: [],
      leftOut: [{ caseId: CASE, reason: 'no-contact', detail: expect.stringContaining('your role') }],
    });
    expect(JSON.stringify(preview.body)).not.toMatch(/anna|berg/i);
    expect(await outcome(ask(AGENT, '/compose/send', { body, hidden }))).toBe('conflict');
  });

  test('keeps a malfunction out of reach, and closed cases from getting its mail', async () => {
    const malfunctionId = crypto.randomUUID();
    const [open, closed] = [crypto.randomUUID(), crypto.randomUUID()];
    desk.records['malfunction']?.push({ id: malfunctionId, title: 'Power cut' });
    desk.records['serviceCase']?.push(
      { id: open, number: 'C-1', status: 'OPEN', malfunctionId },
      { id: closed, number: 'C-2', status: 'CLOSED', malfunctionId },
    );
    const body = { ...composed, about: { malfunctionId }, requestId: 'hidden malfunction' };
    const preview = (unread: readonly string[]) => ask(AGENT, '/compose/preview', { body, hidden: unread });
    expect(await outcome(preview(['malfunction']))).toBe('not-found');
    const { mails } = (await preview(['serviceCase.status'])).body as MailPreview;
    expect(mails.map(({ caseId }) => caseId)).toEqual([open]);
  });
});

test('a mail that needs a look gets into no case by somebody whose role may not change cases, and is turned away all the same', async () => {
  const ids = await desk.context.services.ownIds();
  const references = [ids.caseReference(CASE, 'example.com').replaceAll(/[<>]/g, '')];
  const messageId = await desk.addMessage({ from: 'mallory@example.org', references });
  await fileMessages(desk.context, [messageId]);
  const asked = { mayChange: false };
  expect((await ask(AGENT, '/look', asked)).body).toMatchObject({ mayFile: false });
  expect((await ask(AGENT, '/look')).body).toMatchObject({ mayFile: true });
  const before = [await desk.written('serviceCase'), await desk.written('caseMessage')];
  const settle = (decision: string) => outcome(ask(AGENT, '/look/settle', { ...asked, body: { messageId, decision } }));
  expect(await settle('belongs')).toBe('forbidden');
  expect(await settle('new-case')).toBe('forbidden');
  expect([await desk.written('serviceCase'), await desk.written('caseMessage')]).toEqual(before);
  expect(await settle('reject')).toBe(200);
});
