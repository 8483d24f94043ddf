import { expect, test } from '@jest/globals';
import { letGo } from '../../receive/let-go.ts';

test('memory that nobody shares is given back', () => {
  const bytes = Buffer.alloc(100_000, 1);
  letGo(bytes);
  expect(bytes).toHaveLength(0);
});

test('bytes beside others in one piece of memory stay, and so do the others', () => {
  const whole = Buffer.alloc(100, 1);
  const part = whole.subarray(0, 50);
  letGo(part);
  letGo(undefined);
  expect(whole).toEqual(Buffer.alloc(100, 1));
  expect(part).toHaveLength(50);
});
