import { describe, expect, test } from '@jest/globals';
import { PayloadError } from '@switchboard/core/contract';
import { readCall, readContact } from '../schema.ts';
import { post } from './fixtures.ts';

const receivedAt = new Date('2026-11-21T12:00:00Z');
const read = (change: Record<string, unknown>) =>
  readCall(Buffer.from(JSON.stringify({ ...post, ...change })), 'NL', receivedAt);

function refusal(work: () => unknown): PayloadError {
  try {
    work();
  } catch (error) {
    if (error instanceof PayloadError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('readCall', () => {
  test('understands a post of the template', () => {
    expect(read({})).toMatchObject({
      party: { kind: 'public', e164: '+31201234567' },
      callerId: '0031201234567',
      direction: 'INBOUND',
      outcome: 'ANSWERED',
      agent: { extension: '102', name: 'Ben Demo', email: 'ben.demo@example.com' },
      startedAt: new Date('2026-11-21T10:00:00Z'),
      endedAt: new Date('2026-11-21T10:02:12Z'),
      seconds: 125,
      sentiment: undefined,
    });
  });

  test.each([
    ['Inbound', 'Inbound', 'INBOUND', 'ANSWERED'],
    ['Missed', 'Inbound', 'INBOUND', 'MISSED'],
    ['Missed', '', 'INBOUND', 'MISSED'],
    ['Outbound', 'Outbound', 'OUTBOUND', 'ANSWERED'],
    ['Outbound', '', 'OUTBOUND', 'ANSWERED'],
    ['Notanswered', 'Outbound', 'OUTBOUND', 'NOT_ANSWERED'],
    ['Unanswered', '', 'OUTBOUND', 'NOT_ANSWERED'],
    ['Unanswered', 'Inbound', 'INBOUND', 'MISSED'],
  ])('reads call type %s with direction "%s" as %s, %s', (callType, direction, way, outcome) => {
    expect(read({ callType, direction })).toMatchObject({ direction: way, outcome });
  });

  test('copes with everything 3CX may leave out', () => {
    const bare = { callType: 'Missed', number: '', startUtc: '2026-11-21T10:00:00Z', endUtc: null, seconds: null };
    expect(readCall(Buffer.from(JSON.stringify(bare)), 'NL', receivedAt)).toMatchObject({
      party: { kind: 'withheld' },
      outcome: 'MISSED',
      seconds: 0,
      endedAt: new Date('2026-11-21T10:00:00Z'),
    });
  });

  test('trusts the talking time when the end lies before the start', () => {
    expect(read({ endUtc: '2026-11-21T09:00:00Z' }).endedAt).toEqual(new Date('2026-11-21T10:02:05Z'));
  });

  test('keeps brackets in what was said', () => {
    expect(read({ transcription: 'press [1] or [[2].Replace("a","b")]' }).transcript).toBe(
      'press [1] or [[2].Replace("a","b")]',
    );
  });

  test('drops what PostgreSQL and Twenty refuse', () => {
    expect(read({ transcription: 'a\u0000b\ud800c\n' }).transcript).toBe('ab\ufffdc\n');
    expect(read({ recordingUrl: 'recordings/12.wav', sentiment: 'happy' })).toMatchObject({
      recordingUrl: '',
      sentiment: undefined,
    });
  });

  test.each([
    ['startUtc', '21/11/2026 10:00'],
    ['startUtc', '21.11.2026 10:00:00'],
    ['startUtc', '2026-11-21T10:00:00'],
    ['startUtc', ''],
    ['startUtc', '0001-01-01T00:00:00Z'],
    ['startUtc', '2027-11-21T10:00:00Z'],
    ['endUtc', '11/21/2026 10:02 AM'],
    ['number', { plus: 31 }],
    ['number', 31201234567],
    ['number', '1'.repeat(129)],
    ['agent', ['101']],
    ['seconds', 'two'],
    ['seconds', '-1'],
    ['seconds', []],
    ['transcription', 12],
    ['callType', 'Telepathy'],
  ])('names %s when it is %j', (field, value) => {
    const error = refusal(() => read({ seconds: '0', [field]: value }));
    expect(error.field).toBe(`body.${field}`);
    expect(error.message).toContain(field);
  });

  test('tells how to repair dates in another culture', () => {
    const error = refusal(() => read({ startUtc: '21/11/2026 10:00' }));
    expect(error.message).toBe('body.startUtc: must be a UTC time such as 2026-11-21T10:00:00Z');
    expect(error.remedy).toMatch(/dates are evaluated/);
  });

  test.each(['', 'hello', '[1,2', '"text"', '[]', 'null'])('refuses the body %j without quoting it', (body) => {
    const error = refusal(() => readCall(Buffer.from(body), 'NL', receivedAt));
    expect(error.field).toBe('body');
    expect(error.message).not.toContain('hello');
  });
});

describe('readContact', () => {
  const contact = (fields: object) => readContact(Buffer.from(JSON.stringify(fields)), 'NL');

  test('leaves out an address that is none, because Twenty would refuse the whole person', () => {
    expect(contact({ number: '0201234567', email: 'not an address' })).toMatchObject({
      email: '',
      party: { e164: '+31201234567' },
    });
    expect(contact({ email: ' Anna@Example.COM ' }).email).toBe('anna@example.com');
  });
});
