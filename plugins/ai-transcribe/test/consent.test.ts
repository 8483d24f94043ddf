import { describe, expect, test } from '@jest/globals';
import { factsOf, whyNot } from '../pipeline/consent.ts';
import { RULE } from '../pipeline/consent-rules.ts';

/** Which calls may become text, by what was asked of whom, where. */

const call = (direction: string | undefined, phoneNumber: string, recordingConsent: readonly string[] = []) => ({
  id: 'one',
  direction,
  phoneNumber,
  recordingConsent,
});
const rules = ['DE any asked', 'any outbound never', 'DE outbound recorded', 'any internal asked'];
const dutch = '+31201234567';
const german = '+493023125118';

function mayBecomeText(record: ReturnType<typeof call>, consentRules = rules): boolean {
  const verdict = whyNot(factsOf(record, 'NL'), { consent: 'recorded', consentRules, directions: 'all' });
  expect(verdict?.reason).toBe(verdict === undefined ? undefined : 'consent');
  return verdict === undefined;
}

describe('by country and direction', () => {
  test.each([
    ['the country where it has a rule', 'INBOUND', german, [], false],
    ['the country, and the caller was asked', 'INBOUND', german, ['OPT_IN'], true],
    ['the country and the direction, before the direction alone', 'OUTBOUND', german, [], true],
    ['the direction where the country has none', 'OUTBOUND', dutch, ['OPT_IN'], false],
    ['no rule but that of all calls', 'INBOUND', dutch, [], true],
    ['the tenant for calls between colleagues', 'INTERNAL', '', [], false],
    ['the strictest where the number is withheld', 'INBOUND', '', [], false],
    ['the strictest where the number is withheld, and it was asked', 'INBOUND', '', ['OPT_IN'], true],
    ['the strictest where the direction is not known', undefined, dutch, ['OPT_IN'], false],
  ])('a call follows %s', (_which, direction, number, consent, isAllowed) => {
    expect(mayBecomeText(call(direction, number, consent))).toBe(isAllowed);
  });

  test('what the telephone system forbids no rule allows', () => {
    expect(mayBecomeText(call('INBOUND', dutch, ['FORBIDDEN']), ['NL any recorded'])).toBe(false);
  });

  test('without rules everything is as before', () => {
    expect(mayBecomeText(call('INBOUND', ''), [])).toBe(true);
    expect(mayBecomeText(call(undefined, german), [])).toBe(true);
  });
});

test('a rule that nobody can read is refused when it is entered', () => {
  expect(['DE inbound asked', 'any internal never'].every((rule) => RULE.test(rule))).toBe(true);
  expect(['de inbound asked', 'DE asked', 'DE inbound', 'DE inbound maybe', ''].some((rule) => RULE.test(rule))).toBe(
    false,
  );
});
