import { describe, expect, test } from '@jest/globals';
import { decide, type Facts, type Hint, type KnownCase } from '../../file/decide.ts';

const CASE = 'c0000000-0000-4000-8000-000000000001';
const OTHER = 'c0000000-0000-4000-8000-000000000002';

function knownCase(change: Partial<KnownCase> = {}): KnownCase {
  return { id: CASE, isClosed: false, participants: new Set(['anna@example.com']), companyId: 'acme', ...change };
}

const hint = (by: Hint['by'], change: Partial<KnownCase> = {}): Hint => ({ by, case: knownCase(change) });

type Change = Partial<Omit<Facts, 'sender' | 'rules'>> & {
  readonly sender?: Partial<Facts['sender']>;
  readonly rules?: Partial<Facts['rules']>;
};

function facts({ sender, rules, ...change }: Change = {}): Facts {
  return {
    verdict: 'human',
    isOutgoing: false,
    isHistory: false,
    hints: [],
    flood: undefined,
    ...change,
    sender: {
      address: 'anna@example.com',
      personId: undefined,
      companyId: undefined,
      isStaff: false,
      isProven: false,
      ...sender,
    },
    rules: { opensCases: true, closedCases: 'reopen', colleagues: true, ...rules },
  };
}

describe('a reply', () => {
  test('of a participant joins the case', () => {
    expect(decide(facts({ hints: [hint('token')] }))).toMatchObject({
      outcome: 'joined',
      caseId: CASE,
      senderCheck: 'VERIFIED',
      isQuiet: false,
    });
  });

  test('goes by the most trusted hint, not by the first', () => {
    const hints = [hint('subject', { id: OTHER }), hint('reference', { id: OTHER }), hint('token')];
    expect(decide(facts({ hints })).caseId).toBe(CASE);
  });

  test.each(['token', 'case-token', 'reference'] as const)('of a stranger with a %s waits for a person', (by) => {
    const decision = decide(facts({ hints: [hint(by, { isClosed: true })], sender: { address: 'eve@example.net' } }));
    expect(decision).toMatchObject({
      outcome: 'needs-a-look',
      caseId: undefined,
      relatedCaseId: CASE,
      senderCheck: 'UNVERIFIED',
      isQuiet: true,
    });
  });

  test('a stranger with a number in the subject has nothing to do with that case', () => {
    const decision = decide(facts({ hints: [hint('subject')], sender: { address: 'eve@example.net' } }));
    expect(decision).toMatchObject({ outcome: 'case-opened', caseId: undefined, relatedCaseId: undefined });
  });

  test('of a colleague joins where the mailbox lets colleagues', () => {
    const sender = { address: 'bert@example.com', companyId: 'acme' };
    expect(decide(facts({ hints: [hint('token')], sender })).outcome).toBe('joined');
    const strict = facts({ hints: [hint('token')], sender, rules: { colleagues: false } });
    expect(decide(strict).outcome).toBe('needs-a-look');
  });

  test('that claims to be from staff needs proof, also in a case where staff takes part', () => {
    const sender = { address: 'anna@example.com', isStaff: true };
    expect(decide(facts({ hints: [hint('token')], sender })).outcome).toBe('needs-a-look');
    expect(decide(facts({ hints: [hint('token')], sender: { ...sender, isProven: true } })).outcome).toBe('joined');
  });

  test('to a closed case opens it again, or a new one after it', () => {
    const hints = [hint('token', { isClosed: true })];
    expect(decide(facts({ hints }))).toMatchObject({ outcome: 'reopened', caseId: CASE });
    expect(decide(facts({ hints, rules: { closedCases: 'follow-up' } }))).toMatchObject({
      outcome: 'followed-up',
      caseId: undefined,
      relatedCaseId: CASE,
    });
  });

  test.each([
    ['an absence note', { verdict: 'auto-reply' }],
    ['a newsletter', { verdict: 'bulk' }],
    ['mail from before', { isHistory: true }],
    ['one mail too many', { flood: 'It looks like a loop.' }],
  ] as const)('%s joins a closed case quietly and leaves it closed', (_what, change) => {
    const decision = decide(facts({ hints: [hint('token', { isClosed: true })], ...change }));
    expect(decision).toMatchObject({ outcome: 'joined', caseId: CASE, isQuiet: true });
  });
});

describe('mail about nothing known', () => {
  test('opens a case where the mailbox says so', () => {
    expect(decide(facts())).toMatchObject({ outcome: 'case-opened', senderCheck: 'VERIFIED', isQuiet: false });
    expect(decide(facts({ rules: { opensCases: false } })).outcome).toBe('kept');
  });

  test.each([
    [{ verdict: 'auto-reply' }],
    [{ verdict: 'bulk' }],
    [{ isHistory: true }],
    [{ flood: 'It looks like a loop.' }],
    [{ sender: { address: '' } }],
  ] as const)('opens none with %p', (change) => {
    expect(decide(facts(change)).outcome).toBe('kept');
  });

  test('claims of staff without proof wait for a person', () => {
    expect(decide(facts({ sender: { isStaff: true } })).outcome).toBe('needs-a-look');
    expect(decide(facts({ sender: { isStaff: true, isProven: true } })).outcome).toBe('case-opened');
  });
});

describe('mail that a colleague sent elsewhere', () => {
  test('belongs to the conversation that it answers', () => {
    expect(decide(facts({ isOutgoing: true, hints: [hint('reference')] }))).toMatchObject({
      outcome: 'joined',
      caseId: CASE,
      isQuiet: true,
    });
  });

  test('opens nothing', () => {
    expect(decide(facts({ isOutgoing: true })).outcome).toBe('kept');
    expect(decide(facts({ isOutgoing: true, hints: [hint('subject')] })).outcome).toBe('kept');
  });
});
