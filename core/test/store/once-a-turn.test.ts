import { expect, test } from '@jest/globals';
import { onceATurn } from '../../store/once-a-turn.ts';

test('who asks at the same time gets one reading, who asks later a new one', async () => {
  let readings = 0;
  const read = onceATurn(async () => {
    readings += 1;
    return readings;
  });
  expect(await Promise.all([read(), read(), read()])).toEqual([1, 1, 1]);
  expect(await read()).toBe(2);
});

test('who asks while a reading goes on does not get what it read', async () => {
  const values = ['before', 'after'];
  const begun = Promise.withResolvers<void>();
  const finish = Promise.withResolvers<void>();
  const read = onceATurn(async () => {
    const value = values.shift();
    begun.resolve();
    await finish.promise;
    return value;
  });
  const first = read();
  await begun.promise;
  const second = read();
  finish.resolve();
  expect(await Promise.all([first, second])).toEqual(['before', 'after']);
});

test('a reading that fails is over: the next is tried', async () => {
  let isDown = true;
  const read = onceATurn(async () => {
    if (isDown) throw new Error('down');
    return 'up';
  });
  await expect(read()).rejects.toThrow('down');
  isDown = false;
  expect(await read()).toBe('up');
});
