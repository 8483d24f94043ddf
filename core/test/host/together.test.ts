import { expect, test } from '@jest/globals';
import { createTogether } from '../../host/together.ts';

/** Work that waits until it is let go on, and notes what it was given. */
function slowWork(fails: (item: string) => boolean = () => false) {
  const given: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const work = async (items: readonly string[]): Promise<void> => {
    const gate = Promise.withResolvers<void>();
    given.push([...items]);
    gates.push(gate);
    await gate.promise;
    if (items.some(fails)) throw new Error('refused');
  };
  return { work, given, goOn: () => gates.splice(0).forEach((gate) => gate.resolve()) };
}

test('whoever asks alone does not wait; who comes meanwhile is done together, in the order of coming', async () => {
  const { work, given, goOn } = slowWork();
  const together = createTogether(work, 3);
  const all = ['a', 'b', 'c', 'd', 'e'].map((item) => together('one', item));
  const other = together('other', 'x');
  expect(given).toEqual([['a'], ['x']]);
  goOn();
  await Promise.all([all[0], other]);
  expect(given.slice(2)).toEqual([['b', 'c', 'd']]);
  goOn();
  await all[3];
  goOn();
  await Promise.all(all);
  expect(given.slice(3)).toEqual([['e']]);
  const later = together('one', 'f');
  goOn();
  await later;
  expect(given.at(-1)).toEqual(['f']);
});

test('nobody fails for somebody else', async () => {
  const { work, given, goOn } = slowWork((item) => item === 'bad');
  const together = createTogether(work, 10);
  const first = together('one', 'first');
  const rest = ['good', 'bad', 'fine'].map((item) => together('one', item));
  goOn();
  await first;
  goOn();
  const settled = Promise.allSettled(rest);
  while (given.length < 5) await Promise.resolve();
  goOn();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(given).toEqual([['first'], ['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']]);
});
