import { describe, expect, test } from '@jest/globals';
import type { Account } from '../../calls/account.ts';
import { findRecord } from '../../calls/aliases.ts';
import { mergeAccount } from '../../calls/merge.ts';
import { readLog } from '../../calls/wire/log-row.ts';
import { readParty } from '../../party.ts';
import { createSightings } from '../../sightings.ts';
import { reportCall } from '../../webhooks/report-call.ts';
import { delivery, fakeContext, type FakeContext } from '../fake-context.ts';
import { ids, post, rows, shared } from '../fixtures.ts';
import { runWaiting } from './tell.ts';

const signal = new AbortController().signal;
const report = async (context: FakeContext, change: object = {}) =>
  await reportCall.receive(context, delivery({ ...post, ...change }), signal);

const calls = ({ records }: FakeContext) => [...records.values()].filter(({ object }) => object === 'phoneCall');

type RowFacts = {
  id?: string;
  call?: number;
  cdr?: number;
  to?: string;
  at?: string;
  ring?: number;
  talk?: number;
  outbound?: boolean;
};

/** A row of the call log, read at a time. */
function logged(facts: RowFacts | RowFacts[], readAt = '2026-11-21T10:30:00Z'): Account {
  const raw = [facts]
    .flat()
    .map(({ id = 'h1', call = 1264, cdr = 1, to = '102', at = post.startUtc, ring = 5, talk = 0, outbound }) => ({
      MainCallHistoryId: id,
      CdrId: `${id}/${cdr}`,
      CallId: call,
      SegmentId: cdr,
      StartTime: at,
      SourceDn: outbound ? to : '10007',
      SourceCallerId: outbound ? to : '+31201234567',
      DestinationDn: outbound ? '10007' : to,
      DestinationCallerId: outbound ? '+31201234567' : to,
      RingingDuration: `PT${ring}S`,
      TalkingDuration: `PT${talk}S`,
      Answered: talk > 0,
      Direction: outbound ? 'Outbound' : 'Inbound',
      CallType: outbound ? 'External' : 'Extension',
    }));
  const reading = {
    readAt: new Date(readAt),
    readNumber: (number: string) => readParty(number, 'NL'),
    typeOf: () => undefined,
  };
  const [call] = readLog(raw, reading).calls;
  if (call === undefined) throw new Error('no call in the rows');
  return call;
}

async function merge(context: FakeContext, account: Account): Promise<void> {
  const { changes } = await mergeAccount(context, account, new Date(context.clock.now()));
  await context.commit(changes);
}

describe('the template alone', () => {
  test('makes one record of a queue call reported by every agent it rang', async () => {
    const context = fakeContext(rows);
    for (const agent of ['101', '103', '104', '105'])
      await report(context, { agent, agentEmail: '', callType: 'Missed', seconds: '0', queue: '800' });
    expect(calls(context)).toEqual([expect.objectContaining({ outcome: 'MISSED', queue: '800' })]);
    await report(context, { queue: '800' });
    expect(calls(context)).toEqual([
      expect.objectContaining({
        outcome: 'ANSWERED',
        agentExtension: '102',
        agentId: ids.member,
        durationSeconds: 125,
      }),
    ]);
  });

  test('keeps two callers apart who share a number and talk to two agents of a queue at once', async () => {
    const context = fakeContext(rows);
    await report(context, { queue: '800' });
    await report(context, { queue: '800', agent: '103', agentEmail: '', startUtc: '2026-11-21T10:00:20Z' });
    expect(calls(context)).toHaveLength(2);
  });

  test('records at once, because nobody else will tell', async () => {
    const context = fakeContext(rows);
    await report(context);
    expect(context.jobs.size).toBe(0);
    expect(calls(context)).toHaveLength(1);
  });
});

describe('the template beside other channels', () => {
  async function withLedger() {
    const context = fakeContext(rows);
    await createSightings(context.store, context.clock).note('ledger');
    return context;
  }

  test('waits for the call log, and names no second record when it comes', async () => {
    const context = await withLedger();
    await report(context);
    expect(calls(context)).toEqual([]);
    expect(context.notes.at(-1)).toMatchObject({
      result: 'done',
      summary: expect.stringMatching(/until the call log/),
    });
    await merge(context, logged({ ring: 7, talk: 125 }));
    await runWaiting(context);
    expect(calls(context)).toEqual([
      expect.objectContaining({
        historyKey: 'h1',
        agentEmail: 'ben.demo@example.com',
        durationSeconds: 125,
        personId: ids.anna,
      }),
    ]);
    expect(await findRecord(context.store, 'log/h1')).toBe(calls(context)[0]?.['externalKey']);
  });

  test('waits a minute, no longer', async () => {
    const context = await withLedger();
    await report(context);
    await runWaiting(context);
    expect(calls(context)).toHaveLength(1);
  });

  test('waits not at all when it brings the text, which is kept nowhere else', async () => {
    const context = await withLedger();
    await report(context, { transcription: 'Hello' });
    expect(calls(context)).toEqual([expect.objectContaining({ transcript: { markdown: 'Hello' } })]);
    await merge(context, logged({ ring: 7, talk: 125 }));
    expect(calls(context)).toHaveLength(1);
  });

  test('tells the record that 3CX had shown, also after the log', async () => {
    const context = fakeContext(shared);
    await merge(context, logged({ ring: 7, talk: 125 }));
    expect(calls(context)[0]).toMatchObject({ matchState: 'AMBIGUOUS' });
    await report(context, { entityType: 'person', entityId: ids.bert });
    expect(calls(context)).toEqual([
      expect.objectContaining({ matchState: 'MATCHED', personId: ids.bert, candidates: null, candidateNames: '' }),
    ]);
  });

  test('does not undo what somebody settled in the CRM in the meantime', async () => {
    const context = fakeContext(shared);
    await merge(context, logged({ ring: 7, talk: 125 }));
    const [record] = calls(context);
    context.rows['phoneCall'] = [{ id: String(record?.['id']), personId: ids.anna, matchState: 'SETTLED' }];
    context.records.set(String(record?.['id']), { ...record, personId: ids.anna, matchState: 'SETTLED' });
    await report(context, { entityType: 'person', entityId: ids.bert });
    expect(calls(context)).toEqual([expect.objectContaining({ matchState: 'SETTLED', personId: ids.anna })]);
  });
});

describe('two records that turn out to be one call', () => {
  test('the first stays, the other says so and is in no list of things to do', async () => {
    const context = fakeContext(rows);
    await report(context, { callType: 'Missed', seconds: '0', endUtc: '2026-11-21T10:00:20Z' });
    await report(context, {
      agent: '103',
      agentEmail: '',
      startUtc: '2026-11-21T10:00:20Z',
      endUtc: '2026-11-21T10:02:30Z',
    });
    const [first, second] = calls(context);
    await merge(context, logged([{ ring: 20 }, { cdr: 2, to: '103', at: '2026-11-21T10:00:20Z', talk: 125 }]));
    expect(calls(context)).toHaveLength(2);
    expect(context.records.get(String(first?.['id']))).toMatchObject({
      outcome: 'ANSWERED',
      agentExtension: '103',
      historyKey: 'h1',
    });
    expect(context.records.get(String(second?.['id']))).toMatchObject({
      mergedIntoId: first?.['id'],
      name: 'Part of another call',
      outcome: null,
      matchState: null,
    });
  });
});

describe('the call log', () => {
  test('counts as it was read last: a row that was not finished is corrected', async () => {
    const context = fakeContext(rows);
    const late = logged({ talk: 125 }, '2026-11-21T10:10:00Z');
    const early = logged({ talk: 30 }, '2026-11-21T10:05:00Z');
    for (const account of [early, late, early]) await merge(context, account);
    expect(calls(context)).toEqual([expect.objectContaining({ durationSeconds: 125 })]);
  });

  test('of a queue that rang in vain for hours is kept in bounds, whether it is read at once or in parts', async () => {
    const segments = Array.from({ length: 1500 }, (_, index) => ({
      cdr: index + 1,
      to: `${101 + (index % 5)}`,
      at: new Date(Date.parse(post.startUtc) + index * 4000).toISOString(),
      ring: 4,
      talk: index === 1499 ? 60 : 0,
    }));
    const [once, parts] = [fakeContext(rows), fakeContext(rows)];
    await merge(once, logged(segments));
    for (const part of [segments.slice(700), segments.slice(0, 900), segments]) await merge(parts, logged(part));
    expect(calls(once)).toEqual([
      expect.objectContaining({ outcome: 'ANSWERED', agentExtension: '105', durationSeconds: 60 }),
    ]);
    expect(calls(parts)[0]).toMatchObject({ journey: calls(once)[0]?.['journey'], durationSeconds: 60 });
    for (const { value } of await once.store.range('account/', 'account0'))
      expect(JSON.stringify(value).length).toBeLessThan(200_000);
  });

  test('leaves out rows that cannot be understood, and says how many', () => {
    const reading = {
      readAt: new Date(),
      readNumber: (number: string) => readParty(number, 'NL'),
      typeOf: () => undefined,
    };
    const odd = [null, { CdrId: 'x' }, { MainCallHistoryId: 'h', CdrId: 'c', CallId: 1, StartTime: 'yesterday' }];
    expect(readLog(odd, reading)).toEqual({ calls: [], unreadable: 3 });
  });
});

describe('a missed call', () => {
  const missed = logged({ id: 'missed', ring: 20 });
  const back = (at: string, talk = 60) => logged({ id: 'back', call: 1300, at, ring: 10, talk, outbound: true });

  test.each(['missed first', 'call back first'])('is followed up by a call back, told %s', async (order) => {
    const context = fakeContext(rows);
    const told = [missed, back('2026-11-21T10:30:00Z')];
    for (const account of order === 'missed first' ? told : told.toReversed()) await merge(context, account);
    expect(calls(context).find(({ outcome }) => outcome === 'MISSED')).toMatchObject({
      followedUpAt: '2026-11-21T10:30:10.000Z',
      followUpSeconds: 1790,
    });
  });

  test.each([
    ['nobody answers', back('2026-11-21T10:30:00Z', 0)],
    ['a day later', back('2026-11-22T10:00:20Z')],
    ['before it', back('2026-11-21T09:00:00Z')],
  ])('is not, when the call back is one that %s', async (_, account) => {
    const context = fakeContext(rows);
    await merge(context, missed);
    await merge(context, account);
    expect(calls(context).find(({ historyKey }) => historyKey === 'missed')).not.toHaveProperty('followedUpAt');
  });

  test('is open again when the talk turns out to have been none', async () => {
    const context = fakeContext(rows);
    await merge(context, missed);
    await report(context, { startUtc: '2026-11-21T10:30:00Z', endUtc: '2026-11-21T10:31:00Z', seconds: '50' });
    expect(calls(context).find(({ historyKey }) => historyKey === 'missed')).toMatchObject({
      followUpSeconds: 1790,
    });
    await merge(context, logged({ id: 'none', call: 1301, at: '2026-11-21T10:30:00Z', ring: 60 }));
    expect(calls(context).find(({ historyKey }) => historyKey === 'missed')).toMatchObject({
      followedUpAt: null,
      followUpSeconds: null,
    });
  });

  test('of another number, or of a caller who withheld it, stays', async () => {
    const context = fakeContext(rows);
    await report(context, { number: 'anonymous', callType: 'Missed', seconds: '0' });
    await report(context, { number: 'anonymous', startUtc: '2026-11-21T10:30:00Z', endUtc: '2026-11-21T10:31:00Z' });
    expect(calls(context).every((record) => !('followedUpAt' in record))).toBe(true);
  });
});
