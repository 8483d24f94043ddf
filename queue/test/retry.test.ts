import { describe, expect, test } from '@jest/globals';

import { toErrorText } from '../error-text.ts';
import { backoffMs, judge } from '../retry.ts';
import { nextTick } from '../rhythm.ts';

describe('retry policy', () => {
  test('ten attempts spread over about a day', () => {
    const attempts = Array.from({ length: 9 }, (_, n) => n + 1);
    const hours = (random: number) =>
      attempts.reduce((sum, attempt) => sum + backoffMs(attempt, () => random), 0) / 3_600_000;
    expect(hours(0)).toBeLessThan(25);
    expect(hours(1)).toBeGreaterThan(17);
  });

  test('believes another system’s pause within bounds', () => {
    expect(judge({ retry: { afterMs: 0 } }, 1, 1)).toMatchObject({ kind: 'later', delayMs: 250 });
    expect(judge({ retry: { afterMs: 1e12 } }, 1, 1)).toMatchObject({ kind: 'later', delayMs: 604_800_000 });
  });

  test.each([[undefined], ['a string'], [null], [{ retry: { afterMs: Number.NaN } }], [new TypeError('x')]])(
    'backs off for what has no policy: %p',
    (error) => {
      expect(judge(error, 1, 2).kind).toBe('retry');
      expect(judge(error, 2, 2).kind).toBe('dead');
    },
  );
});

describe('stored text of errors', () => {
  test.each([
    ['GET https://hub:hunter2@example.com/x failed', 'GET https://[redacted]@example.com/x failed'],
    ['401 for Authorization: Bearer hunter2.abc', '401 for Authorization: [redacted] [redacted]'],
    ['https://example.com/?api_key=hunter2&page=2', 'https://example.com/?api_key=[redacted]&page=2'],
    ['{"password":"hunter2","user":"x"}', '{"password":"[redacted]","user":"x"}'],
  ])('redacts %j', (message, stored) => {
    expect(toErrorText(new Error(message)).message).toBe(stored);
  });

  test('can be stored whatever was thrown', () => {
    const { message, code } = toErrorText(new Error(`a\0b\ud83d${'x'.repeat(600)}`));
    expect(message).toHaveLength(500);
    expect(message).not.toContain('\0');
    expect(message.isWellFormed()).toBe(true);
    expect(code).toBe('Error');
    expect(toErrorText(undefined)).toEqual({ code: 'unknown', message: 'undefined', remedy: null });
  });
});

describe('nextTick', () => {
  test('keeps the phase of a fixed pause and skips what was missed', () => {
    expect(nextTick({ everyMs: 1000 }, 10_500, 10_600)).toBe(11_500);
    expect(nextTick({ everyMs: 1000 }, 10_500, 14_600)).toBe(15_500);
    expect(nextTick({ everyMs: 1000 }, 10_500, 9_000)).toBe(11_500);
  });

  test('follows the clock of the zone through summer time', () => {
    const rhythm = { cron: '0 9 * * *', timeZone: 'Europe/Amsterdam' };
    const before = Date.parse('2026-03-28T08:00:00Z');
    expect(new Date(nextTick(rhythm, before, before)).toISOString()).toBe('2026-03-29T07:00:00.000Z');
  });
});
