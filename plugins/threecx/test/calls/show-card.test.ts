import { describe, expect, test } from '@jest/globals';
import { callsTopic, type Card } from '../../calls/live/topic.ts';

/** What members with different roles see of one ringing call. */

const id = (number: number): string => `7b0a3c55-3a0f-4c53-9d0e-0a6d4f0f1e${String(number).padStart(2, '0')}`;
const at = '2026-11-21T12:00:00.000Z';
const candidate = { company: 'Harbour Housing', location: 'Harbour 1', lastCallAt: at };

const card: Card = {
  callId: id(1),
  state: 'ringing',
  direction: 'INBOUND',
  phoneNumber: '+442079460123',
  label: '+44 20 7946 0123',
  calledNumber: '+442079460100',
  queue: '800',
  startedAt: at,
  answeredAt: null,
  agents: [{ extension: '102', memberId: id(2), state: 'ringing', since: at }],
  matchState: 'AMBIGUOUS',
  person: { id: id(3), name: 'Pat Example' },
  company: { id: id(4), name: 'Harbour Housing' },
  location: { id: id(5), name: 'Harbour 1' },
  candidates: [
    { ...candidate, id: id(3), object: 'person', name: 'Pat Example' },
    { ...candidate, id: id(5), object: 'location', name: 'Harbour 1' },
  ],
  openCases: [
    {
      id: id(6),
      name: 'C-000120 Key lost',
      status: 'OPEN',
      priority: 'HIGH',
      responseDueAt: '2026-11-21T12:30:00.000Z',
      resolveDueAt: '2026-11-21T16:00:00.000Z',
    },
  ],
  malfunctions: [
    { id: id(7), name: 'Lift stuck', status: 'OPEN', severity: 'HIGH', isMajor: true, announcement: 'We are on it.' },
  ],
  previousCalls: [{ id: id(8), name: 'Inbound call', startedAt: at, direction: 'INBOUND', outcome: 'ANSWERED' }],
  previousCallCount: 1,
};

/** @param hidden objects (`person`) and fields (`serviceCase.priority`) that the role may not read */
function shownWithout(...hidden: readonly string[]): Card {
  const sees = (object: string, field?: string) =>
    !hidden.includes(object) && (field === undefined || !hidden.includes(`${object}.${field}`));
  const shown = callsTopic.show?.(card, { sees });
  // Browsers rely on the shape whatever is hidden.
  return callsTopic.data.parse(shown);
}

const textOf = (shown: Card): string => JSON.stringify(shown);

describe('a card', () => {
  test('is whole for a role that may read everything', () => {
    expect(shownWithout()).toEqual(card);
  });

  test('tells a role without cases and malfunctions who calls, and nothing of them', () => {
    const shown = shownWithout('serviceCase', 'malfunction');
    expect(shown).toEqual({ ...card, openCases: [], malfunctions: [] });
    expect(textOf(shown)).not.toMatch(/Key lost|Lift stuck|on it/);
  });

  test('tells a role without people where the call comes from, and no name', () => {
    const shown = shownWithout('person');
    expect(shown).toMatchObject({ person: null, company: card.company, openCases: card.openCases });
    expect(shown.candidates.map(({ object }) => object)).toEqual(['location']);
    expect(textOf(shown)).not.toContain('Pat Example');
  });

  test('tells a role without companies and locations neither, not even beside a candidate', () => {
    const shown = shownWithout('company', 'location');
    expect(shown).toMatchObject({ company: null, location: null, person: card.person });
    expect(shown.candidates).toEqual([{ ...candidate, ...card.candidates[0], company: '', location: '' }]);
    expect(textOf(shown)).not.toContain('Harbour');
  });

  test.each([
    ['phoneCall.phoneNumber', { phoneNumber: '', label: '', previousCalls: [], previousCallCount: 0 }],
    ['phoneCall.calledNumber', { calledNumber: '' }],
    ['phoneCall.queue', { queue: '' }],
    ['phoneCall.personId', { person: null, previousCalls: [] }],
    ['phoneCall.candidates', { candidates: [] }],
    ['phoneCall.outcome', { previousCalls: [expect.objectContaining({ outcome: '', direction: 'INBOUND' })] }],
    ['serviceCase.priority', { openCases: [expect.objectContaining({ priority: '', status: 'OPEN' })] }],
    ['serviceCase.responseDueAt', { openCases: [expect.objectContaining({ responseDueAt: null, priority: 'HIGH' })] }],
    ['serviceCase.firstResponseAt', { openCases: [expect.objectContaining({ responseDueAt: null })] }],
    ['serviceCase.resolveDueAt', { openCases: [expect.objectContaining({ resolveDueAt: null })] }],
    ['serviceCase.status', { openCases: [] }],
    ['malfunction.announcement', { malfunctions: [expect.objectContaining({ announcement: '', severity: 'HIGH' })] }],
    ['malfunction.isMajor', { malfunctions: [expect.objectContaining({ isMajor: false })] }],
  ])('hides the field %s', (hidden, expected) => {
    expect(shownWithout(hidden)).toMatchObject(expected);
  });
});
