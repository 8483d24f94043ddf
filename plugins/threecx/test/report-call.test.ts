import { describe, expect, test } from '@jest/globals';
import { callEnded, PayloadError } from '@switchboard/core/contract';
import { fc } from '@switchboard/testing/property';
import { plugin } from '../plugin.ts';
import { contentKey, lineKey } from '../webhooks/delivery-key.ts';
import { reportCall } from '../webhooks/report-call.ts';
import { delivery, fakeContext, type FakeContext, request } from './fake-context.ts';
import { bert, ids, post, rows, shared } from './fixtures.ts';

const signal = new AbortController().signal;
const report = async (context: FakeContext, body: unknown) => await reportCall.receive(context, delivery(body), signal);
const calls = ({ records }: FakeContext) => [...records.values()].filter(({ object }) => object === 'phoneCall');

describe('a reported call', () => {
  test('becomes a record with person, company, location and agent, and is announced', async () => {
    const context = fakeContext(rows);
    await report(context, post);
    expect(calls(context)).toEqual([
      expect.objectContaining({
        name: 'Inbound call from +31 20 123 4567',
        direction: 'INBOUND',
        outcome: 'ANSWERED',
        startedAt: '2026-11-21T10:00:00.000Z',
        endedAt: '2026-11-21T10:02:12.000Z',
        durationSeconds: 125,
        phoneNumber: '+31201234567',
        callerId: '0031201234567',
        agentExtension: '102',
        agentName: 'Ben Demo',
        agentId: ids.member,
        personId: ids.anna,
        companyId: ids.example,
        locationId: ids.office,
        matchState: 'MATCHED',
      }),
    ]);
    expect([...context.events.values()]).toEqual([
      expect.objectContaining({
        type: callEnded,
        payload: expect.objectContaining({ personId: ids.anna, durationSeconds: 125 }),
      }),
    ]);
    expect(context.notes.at(-1)).toMatchObject({
      result: 'done',
      summary: 'Inbound call from +31 20 123 4567, extension 102, 2:05: Anna Example (Example BV).',
      recordId: calls(context)[0]?.['id'],
      inboxId: delivery(post).id,
    });
  });

  test('finds a location by its number', async () => {
    const context = fakeContext(rows);
    await report(context, { ...post, number: '00442079460123', callType: 'Missed', seconds: '0' });
    expect(calls(context)[0]).toMatchObject({
      matchState: 'MATCHED',
      outcome: 'MISSED',
      locationId: ids.office,
      companyId: ids.example,
    });
    expect(calls(context)[0]).not.toHaveProperty('personId');
  });

  test('finds the agent by extension when the address is missing, and nobody when two share it', async () => {
    const byExtension = fakeContext(rows);
    await report(byExtension, { ...post, agentEmail: '' });
    expect(calls(byExtension)[0]).toMatchObject({ agentId: ids.member });

    const twins = fakeContext({
      ...rows,
      workspaceMember: [1, 2].map((n) => ({ id: ids.other.replace(/.$/, `${n}`), extension: '102' })),
    });
    await report(twins, { ...post, agentEmail: '' });
    expect(calls(twins)[0]).not.toHaveProperty('agentId');
  });

  test('of a shared number keeps those who may be meant', async () => {
    const context = fakeContext(shared);
    await report(context, post);
    expect(calls(context)[0]).toMatchObject({
      matchState: 'AMBIGUOUS',
      companyId: ids.example,
      candidates: [
        { object: 'person', id: ids.anna, name: 'Anna Example' },
        { object: 'person', id: ids.bert, name: 'Bert Sample' },
      ],
      candidateNames: 'Anna Example, Bert Sample',
    });
    expect(calls(context)[0]).not.toHaveProperty('personId');
  });

  test('of a shared number takes the person whom the agent had picked in 3CX', async () => {
    const context = fakeContext(shared);
    await report(context, { ...post, entityType: 'person', entityId: bert.id });
    expect(calls(context)[0]).toMatchObject({ matchState: 'MATCHED', personId: ids.bert });
  });

  test('from nobody known is recorded all the same', async () => {
    const context = fakeContext(rows);
    await report(context, { ...post, number: '+447700900123' });
    expect(calls(context)[0]).toMatchObject({ matchState: 'UNKNOWN', phoneNumber: '+447700900123' });
  });

  test('with text keeps it as text', async () => {
    const context = fakeContext(rows);
    await report(context, {
      ...post,
      transcription: 'Open <b>door</b> [3](javascript:x) [now]',
      summary: 'A door.',
      sentiment: '4',
      recordingUrl: 'https://pbx.example.com/rec/7',
    });
    expect(calls(context)[0]).toMatchObject({
      transcript: { markdown: 'Open \\<b>door\\</b> [3\\](javascript:x) [now]' },
      summary: 'A door.',
      sentiment: 4,
      recordingUrl: 'https://pbx.example.com/rec/7',
    });
    expect(context.notes.at(-1)?.summary).not.toContain('door');
  });
});

describe('posts of one call', () => {
  test('in any order, in any written form, repeated or with text in only one of them, make one complete record', async () => {
    const variant = fc.record({
      number: fc.constantFrom('0031201234567', '+31201234567', ' 31201234567', '0201234567', '020-123 4567'),
      drift: fc.integer({ min: 0, max: 60 }),
      seconds: fc.integer({ min: 0, max: 60 }),
      text: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(variant, { minLength: 1, maxLength: 6 }), async (posts) => {
        const context = fakeContext(rows);
        for (const { number, drift, seconds, text } of posts) {
          const startUtc = new Date(Date.parse(post.startUtc) + drift * 1000).toISOString();
          await report(context, {
            ...post,
            number,
            startUtc,
            seconds: `${seconds}`,
            transcription: text ? 'Hello' : '',
          });
        }
        expect(calls(context)).toHaveLength(1);
        expect(context.events.size).toBe(1);
        const record = calls(context)[0];
        expect(record?.['durationSeconds']).toBe(Math.max(...posts.map(({ seconds }) => seconds)));
        expect(record?.['transcript']).toEqual(posts.some(({ text }) => text) ? { markdown: 'Hello' } : undefined);
      }),
      { numRuns: 60 },
    );
  });

  test('coming later only add what was missing', async () => {
    const context = fakeContext(rows);
    await report(context, { ...post, summary: 'The longer one.' });
    const id = calls(context)[0]?.['id'] as string;
    context.records.set(id, { ...context.records.get(id), personId: ids.bert, matchState: 'SETTLED', name: 'Renamed' });
    await report(context, { ...post, summary: 'A shorter.', transcription: 'Hello', queue: '800' });
    expect(calls(context)[0]).toMatchObject({
      personId: ids.bert,
      matchState: 'SETTLED',
      name: 'Renamed',
      summary: 'The longer one.',
      transcript: { markdown: 'Hello' },
      queue: '800',
    });
    expect(context.notes.at(-1)?.summary).toMatch(/adds .*transcript/);
  });

  test('with nothing new are noted as such', async () => {
    const context = fakeContext(rows);
    await report(context, post);
    await report(context, { ...post, startUtc: '2026-11-21T10:00:20Z', endUtc: '2026-11-21T10:02:12Z' });
    expect(context.notes.map(({ result }) => result)).toEqual(['done', 'ignored']);
  });

  test('run again after the store forgot them do not undo what a person settled', async () => {
    const context = fakeContext(rows);
    await report(context, post);
    const record = calls(context)[0] as { id: string };
    context.rows['phoneCall'] = [{ ...record, personId: ids.bert, matchState: 'SETTLED' }];
    context.records.clear();
    context.advance(30 * 86_400_000);
    await report(context, post);
    expect(calls(context)).toEqual([]);
    expect(context.notes.at(-1)).toMatchObject({ result: 'ignored', recordId: record.id });
  });
});

describe('different calls', () => {
  test.each([
    ['more than a minute later', { startUtc: '2026-11-21T10:01:01Z' }],
    ['of another agent', { agent: '103' }],
    ['of another number', { number: '0031201234568' }],
    ['that was missed', { callType: 'Missed' }],
    ['the other way', { direction: 'Outbound', callType: 'Outbound' }],
    ['of an agent whose name contains a separator', { agent: '102/%2B31201234567' }],
  ])('%s are two records', async (_, change) => {
    const context = fakeContext(rows);
    await report(context, post);
    await report(context, { ...post, ...change });
    expect(calls(context)).toHaveLength(2);
  });
});

describe('settings', () => {
  test.each([
    ['between extensions are left out', '105', {}, 0],
    ['between extensions are recorded on request', '105', { journalInternal: true }, 1],
    ['with a withheld number are recorded', 'anonymous', {}, 1],
    ['with a withheld number are left out on request', '', { journalWithheld: false }, 0],
  ])('calls %s', async (_, number, settings, expected) => {
    const context = fakeContext(rows, settings);
    await report(context, { ...post, number });
    expect(calls(context)).toHaveLength(expected);
    expect(context.notes.at(-1)?.result).toBe(expected === 0 ? 'ignored' : 'done');
  });

  test('an internal call is no inbound one', async () => {
    const context = fakeContext(rows, { journalInternal: true });
    await report(context, { ...post, number: '105' });
    expect(calls(context)[0]).toMatchObject({
      direction: 'INTERNAL',
      phoneNumber: '',
      callerId: '105',
      matchState: 'UNKNOWN',
    });
  });
});

describe('the door', () => {
  test('opens with the key only', async () => {
    const context = fakeContext(rows);
    for (const { verify } of [
      ...(plugin.webhooks ?? []),
      ...(plugin.routes ?? []).filter(({ audience }) => audience === 'vendor'),
    ]) {
      expect(await verify?.(context, request('/call', { body: post }))).toBe(true);
      expect(await verify?.(context, request('/call', { body: post, key: 'wrong' }))).toBe(false);
      expect(await verify?.(context, { ...request('/call', { body: post }), headers: {} })).toBe(false);
    }
  });

  test('refuses a bad post for good, naming the field', async () => {
    const context = fakeContext(rows);
    await expect(report(context, { ...post, startUtc: '21/11/2026 10:00' })).rejects.toMatchObject({
      field: 'body.startUtc',
      retry: 'never',
    });
    await expect(report(context, 'no json')).rejects.toBeInstanceOf(PayloadError);
    expect(calls(context)).toEqual([]);
  });

  test('knows a repeat by its content, not by its bytes', () => {
    const reordered = Object.fromEntries(Object.entries(post).toReversed());
    expect(contentKey(request('/call', { body: reordered }))).toBe(contentKey(request('/call', { body: post })));
    expect(contentKey(request('/call', { body: { ...post, summary: 'new' } }))).not.toBe(
      contentKey(request('/call', { body: post })),
    );
    expect(contentKey(request('/call', { raw: 'no json' }))).toBe('no json');
  });

  test('lets posts of one line wait for each other, however the number is written', () => {
    const key = (number: string) => lineKey(request('/call', { body: { ...post, number } }));
    expect(new Set(['+31201234567', '0031201234567', '020-1234567'].map(key)).size).toBe(1);
    expect(key('0031207654321')).not.toBe(key('0031201234567'));
    expect(lineKey(request('/call', { raw: 'no json' }))).toBeUndefined();
  });

  test('keeps whatever is posted: keys that the database takes, from texts that it refuses and from endless nesting', () => {
    for (const number of ['10\u00001', '\ud800', '\ud83d\ude00'.repeat(200), '1'.repeat(5000)]) {
      const key = lineKey(request('/call', { body: { ...post, number } })) ?? '';
      expect(key.isWellFormed() && !key.includes('\u0000') && key.length < 100).toBe(true);
    }
    const nested = `{"number":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(contentKey(request('/call', { raw: nested }))).toBe(nested);
  });
});
