import { describe, expect, test } from '@jest/globals';
import { floodOf } from '../../file/flood.ts';
import { createOwnIds } from '../../file/own-ids.ts';
import { newestFirst, referencesFor } from '../../file/references.ts';
import { asReply, numberInSubject, withNumber } from '../../file/subject.ts';

const ids = createOwnIds('key', 'b7a5b0a4-94a5-4c0c-a7e5-0d2f4a0b8d11');
const own = ids.caseReference('5f0f2a7e-3a0f-4c53-9d0e-0a6d4f0f1e01', 'example.com');

describe('references', () => {
  test('the newest come first, each once, empty ones never', () => {
    const mail = { inReplyTo: ['', 'c@example.com'], references: ['a@example.com', 'b@example.com', 'c@example.com'] };
    expect(newestFirst(mail)).toEqual(['c@example.com', 'b@example.com', 'a@example.com']);
    expect(newestFirst({ inReplyTo: [], references: [''] })).toEqual([]);
  });

  test('at most 20 are looked up', () => {
    const references = Array.from({ length: 500 }, (_, index) => `${index}@example.com`);
    expect(newestFirst({ inReplyTo: [], references })).toHaveLength(20);
  });

  test('an answer keeps the beginning and the end of a long chain, and always the reference of the case', () => {
    const references = Array.from({ length: 40 }, (_, index) => `${index}@example.com`);
    const kept = referencesFor({ references, messageId: 'last@example.com' }, own, ids);
    expect(kept).toHaveLength(11);
    expect(kept[0]).toBe(own);
    expect(kept[1]).toBe('<0@example.com>');
    expect(kept.at(-1)).toBe('<last@example.com>');
  });

  test('the reference of the case stands there once', () => {
    expect(referencesFor({ references: [own], messageId: 'x@example.com' }, own, ids)).toEqual([
      own,
      '<x@example.com>',
    ]);
    expect(referencesFor(undefined, own, ids)).toEqual([own]);
  });

  test('an id cannot bring a line of its own', () => {
    const chain = { references: [], messageId: 'x@example.com>\r\nBcc: eve@example.net' };
    expect(referencesFor(chain, own, ids).join('')).not.toMatch(/[\r\n ]/);
  });
});

describe('subjects', () => {
  test.each([
    ['Re: Elevator [#1234]', '1234'],
    ['[C-000123] Elevator', 'C-000123'],
    ['[urgent] Elevator', ''],
    ['C-000123', ''],
  ])('%p names %p', (subject, number) => {
    expect(numberInSubject(subject)).toBe(number);
  });

  test('the number stands there once', () => {
    expect(withNumber('Elevator', 'C-000123')).toBe('Elevator [C-000123]');
    expect(withNumber('Re: Elevator [C-000123]', 'C-000123')).toBe('Re: Elevator [C-000123]');
  });

  test('an answer is marked once, in any language', () => {
    expect(asReply('Elevator')).toBe('Re: Elevator');
    for (const subject of ['RE: Elevator', 'AW: Elevator', 'Antw: Elevator', 'Re[2]: Elevator'])
      expect(asReply(subject)).toBe(subject);
  });
});

describe('caps', () => {
  const each = (count: number, minutes: number) => Array.from({ length: count }, () => minutes);

  test('ten mails in ten minutes are much, the eleventh is a loop', () => {
    expect(floodOf({ address: each(9, 1), domain: each(9, 1) }, 'example.com')).toBeUndefined();
    expect(floodOf({ address: each(10, 1), domain: each(10, 1) }, 'example.com')).toContain('10 mails in 10 minutes');
    expect(floodOf({ address: each(10, 11), domain: each(10, 11) }, 'example.com')).toBeUndefined();
  });

  test('a slow loop meets the longer windows', () => {
    const slow = Array.from({ length: 60 }, (_, index) => index * 7);
    expect(floodOf({ address: slow, domain: slow }, 'example.com')).toBeUndefined();
    expect(floodOf({ address: each(50, 170), domain: [] }, 'example.com')).toContain('180 minutes');
  });

  test('addresses that change each time are caught by their domain, but not at providers that everybody uses', () => {
    expect(floodOf({ address: [], domain: each(50, 1) }, 'example.com')).toContain('This domain');
    expect(floodOf({ address: [], domain: each(500, 1) }, 'gmail.com')).toBeUndefined();
  });
});
