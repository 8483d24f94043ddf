import { describe, expect, test } from '@jest/globals';
import { secretFields } from '@switchboard/core/contract';
import { check } from '../check.ts';
import { config } from '../config.ts';
import { lookup } from '../routes/lookup.ts';
import { reportChat } from '../webhooks/report-chat.ts';
import { delivery, fakeContext, request } from './fake-context.ts';
import { ids, post, rows } from './fixtures.ts';

const signal = new AbortController().signal;

describe('the settings', () => {
  test('need a key that cannot be guessed, and treat it as a secret', () => {
    expect(config.safeParse({ apiKey: 'too-short' }).success).toBe(false);
    expect(config.safeParse({}).success).toBe(false);
    expect(secretFields(config)).toEqual(['apiKey', 'liveSecret', 'syncSecret']);
  });

  test('are explained one by one', () => {
    for (const field of Object.values(config.shape))
      expect(field.meta()?.description ?? field.description).toMatch(/\w{3}.*\./);
  });
});

describe('the check', () => {
  const states = async (context: ReturnType<typeof fakeContext>) =>
    Object.fromEntries((await check(context, signal)).map(({ name, state }) => [name, state]));

  test('sees whether 3CX was heard of', async () => {
    const context = fakeContext(rows);
    expect(await states(context)).toEqual({
      'Template installed': 'warning',
      Address: 'ok',
      Country: 'ok',
      CRM: 'ok',
      'Interfaces of 3CX': 'off',
    });
    await lookup.handle(context, request('/lookup?number=0031201234567'), signal);
    expect(await states(context)).toMatchObject({ 'Template installed': 'ok' });
  });

  test('warns as long as no contact is known', async () => {
    expect(await states(fakeContext())).toMatchObject({ CRM: 'warning' });
  });

  test('names a remedy for everything that is wrong', async () => {
    const context = fakeContext(rows);
    const wrong = {
      ...context,
      tenant: { ...context.tenant, country: 'XX', crmUrl: undefined },
      url: (path: string) => `http://hub.example.com${path}`,
    };
    const lines = await check(wrong, signal);
    expect(lines.map(({ state }) => state)).toEqual(['warning', 'warning', 'failed', 'failed', 'off']);
    for (const { remedy } of lines) expect(remedy).toBeTruthy();
  });
});

describe('a reported chat', () => {
  const chat = {
    number: '',
    email: 'Anna@example.com',
    agent: '102',
    startUtc: post.startUtc,
    messages: 'Hello, my door [3] is stuck',
  };

  test('becomes a message on the person and the one open case; the log tells with whom it was but not what was said', async () => {
    const open = { id: ids.other, name: 'C-1 Door', status: 'OPEN', personId: ids.anna };
    const closed = { id: ids.member, name: 'C-0 Lift', status: 'CLOSED', personId: ids.anna };
    const context = fakeContext({ ...rows, serviceCase: [open, closed] });
    await reportChat.receive(context, delivery(chat), signal);
    await reportChat.receive(context, delivery({ ...chat, email: '', number: '0031201234567' }), signal);
    expect(context.notes.map(({ summary }) => summary)).toEqual(
      Array(2).fill('Chat with extension 102: Anna Example (Example BV).'),
    );
    const messages = [...context.records.values()];
    expect(messages).toHaveLength(2);
    for (const message of messages) {
      expect(message).toMatchObject({
        object: 'caseMessage',
        channel: 'CHAT',
        senderCheck: 'UNVERIFIED',
        personId: ids.anna,
        serviceCaseId: ids.other,
        body: { markdown: 'Hello, my door [3] is stuck' },
      });
    }
  });

  test('reported twice is one message; which of two open cases it is about is left to people', async () => {
    const cases = [ids.other, ids.member].map((id) => ({ id, name: 'C', status: 'OPEN', personId: ids.anna }));
    const context = fakeContext({ ...rows, serviceCase: cases });
    await reportChat.receive(context, delivery(chat), signal);
    await reportChat.receive(context, delivery({ ...chat, messages: `${chat.messages}\nBye` }), signal);
    const messages = [...context.records.values()];
    expect(messages).toEqual([
      expect.objectContaining({ personId: ids.anna, body: { markdown: expect.stringMatching(/Bye/) } }),
    ]);
    expect(messages[0]).not.toHaveProperty('serviceCaseId');
  });

  test('with a bad date is refused naming the field', async () => {
    const refused = reportChat.receive(fakeContext(rows), delivery({ ...chat, startUtc: '21/11/2026' }), signal);
    await expect(refused).rejects.toMatchObject({ field: 'body.startUtc' });
  });
});
