import { describe, expect, test } from '@jest/globals';
import { fc } from '@switchboard/testing/property';
import { isLuhn } from '../redact/identity.ts';
import { redact } from '../redact/redact.ts';
import { createRedactor } from '../redact/redactor.ts';

const CARD = '[card number]';
const ID = '[identity number]';
const one = (text: string, ...countries: string[]) => redact([text], countries)[0];

describe('card numbers go', () => {
  test.each([
    ['My card is 4111 1111 1111 1111, thanks.', `My card is ${CARD}, thanks.`],
    ['5500-0000-0000-0004', CARD],
    ['four one one one, one one one one, one one one one and one one one one', CARD],
    ['forty-one eleven eleven eleven eleven eleven eleven eleven', CARD],
    ['It is double five double oh, oh oh oh oh, oh oh oh oh, oh oh oh four.', `It is ${CARD}.`],
    ['vijf vijf nul nul nul nul nul nul nul nul nul nul nul nul nul vier', CARD],
    ['fünf fünf null null null null null null null null null null null null null vier', CARD],
  ])('%s', (said, kept) => {
    expect(one(said)).toBe(kept);
  });

  test('also when somebody takes breath within', () => {
    expect(redact(['It is 4111 1111', '1111 1111. Okay?'], [])).toEqual([`It is ${CARD}`, `${CARD}. Okay?`]);
  });
});

describe('other numbers stay', () => {
  test.each([
    'Call me at +31 20 123 4567.',
    'Order 4111 1111 1111 1112',
    'Case 123456',
    'one or two of them',
    'In 2026, on 22 November',
  ])('%s', (said) => {
    expect(one(said, 'NL', 'DE', 'GB')).toBe(said);
  });
});

describe('identity numbers go, of the countries that are asked for', () => {
  test.each([
    ['NL', 'BSN 111222333.', `BSN ${ID}.`],
    ['NL', 'een een een twee twee twee drie drie drie', ID],
    ['DE', 'Steuer-ID 86 095 742 719', `Steuer-ID ${ID}`],
    ['GB', 'my number is AB 12 34 56 C', `my number is ${ID}`],
    ['US', 'social is 123-45-6789.', `social is ${ID}.`],
    ['BE', '85.07.30-033.28', ID],
    ['ES', 'DNI 12345678Z', `DNI ${ID}`],
    ['CH', '756.9217.0769.85', ID],
    ['PL', '44051401359', ID],
  ])('%s: %s', (country, said, kept) => {
    expect(one(said, country)).toBe(kept);
    expect(one(said)).toBe(said);
  });
});

test('no card survives, however it is grouped', () => {
  const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 14, maxLength: 14 });
  const gaps = fc.array(fc.constantFrom('', ' ', '-', ', '), { minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(digits, gaps, (some, between) => {
      const begin = `4${some.join('')}`;
      const last = Array.from({ length: 10 }, (_, digit) => digit).find((digit) => isLuhn(`${begin}${digit}`));
      const card = Array.from(`${begin}${last}`, (digit, at) => digit + (at < 15 ? (between[at] ?? '') : '')).join('');
      expect(one(`It is ${card}.`)).toBe(`It is ${CARD}.`);
    }),
  );
});

test('what may go on in the next piece is kept back, and nothing else', () => {
  const redactor = createRedactor<{ text: string }>([]);
  const push = (text: string) => redactor.push({ text }).map((piece) => piece.text);
  expect(push('Good morning.')).toEqual(['Good morning.']);
  expect(push('It is four one one one')).toEqual([]);
  expect(push('Yes.')).toEqual([]);
  expect(push('Is that all?')).toEqual(['It is four one one one', 'Yes.', 'Is that all?']);
  expect(push('4111 1111')).toEqual([]);
  expect(push('1111 1111')).toEqual([]);
  expect(redactor.end().map(({ text }) => text)).toEqual([CARD, CARD]);
});
