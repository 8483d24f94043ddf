import { expect, test } from '@jest/globals';
import type { CallCard } from '../src/api/desk.ts';
import {
  emptyForm,
  follow,
  hasNews,
  type KeptCall,
  type KeptCalls,
  withOtherTabs,
  withoutDone,
} from '../src/desk/kept.ts';

const card = (callId: string, state: CallCard['state'] = 'talking') =>
  ({ callId, state, direction: 'INBOUND', agents: [] }) as unknown as CallCard;

function kept(callId: string, part: Partial<KeptCall> = {}): KeptCall {
  return { card: card(callId), requestId: `of ${callId}`, form: emptyForm, hasTalked: false, ...part };
}

const written = (subject: string) => ({ ...emptyForm, isOpen: true, subject });

test('what was typed last in any tab is there, and how the call stands is as this tab knows it', () => {
  const own = { a: kept('a', { card: card('a', 'ringing'), form: written('older'), editedAt: 1 }) };
  const other = { a: kept('a', { form: written('newer'), editedAt: 2 }) };
  expect(withOtherTabs(own, other)['a']).toMatchObject({ form: { subject: 'newer' }, card: { state: 'ringing' } });
  expect(withOtherTabs(other, own)['a']).toMatchObject({ form: { subject: 'newer' }, card: { state: 'talking' } });
});

test('tabs in which nothing was done agree on one request, so that a case is saved once', () => {
  let ids = 0;
  const tab = () =>
    follow({}, new Map([['a', card('a')]]), { memberId: 'm', now: 0, newId: () => `request ${(ids += 1)}` });
  const first = tab();
  const second = withOtherTabs(tab(), first);
  expect(second['a']?.requestId).toBe('request 1');
  expect(withOtherTabs(first, second)['a']?.requestId).toBe('request 1');
});

test('a tab goes on with what another one knows better, and with its own otherwise', () => {
  const mine = { a: kept('a', { editedAt: 2 }) };
  expect(hasNews({}, mine)).toBe(false);
  expect(hasNews({ a: kept('a', { editedAt: 1 }) }, mine)).toBe(false);
  expect(hasNews({ a: kept('a', { editedAt: 3 }) }, mine)).toBe(true);
  const [first, second] = [{ a: kept('a', { requestId: 'first' }) }, { a: kept('a', { requestId: 'second' }) }];
  expect(hasNews(first, second)).toBe(true);
  expect(hasNews(first, withOtherTabs(second, first))).toBe(false);
});

test('calls of another tab alone are not taken over; what is done with there is done with here once it is over', () => {
  const own: KeptCalls = { a: kept('a', { overAt: 5 }), b: kept('b'), c: kept('c', { overAt: 5 }) };
  expect(Object.keys(withOtherTabs(own, { d: kept('d') }))).toEqual(['a', 'b', 'c']);
  const before = { a: kept('a'), b: kept('b') };
  // "b" goes on here, and of "c" the other tab never knew.
  expect(Object.keys(withoutDone(own, before, {}))).toEqual(['b', 'c']);
});
