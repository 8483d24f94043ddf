import { expect, test } from '@jest/globals';
import { setImmediate as endOfTurn } from 'node:timers/promises';
import { createTogether } from '../../store/together.ts';

/** Work that waits until it is let go on, and notes what it was given. */
function slowWork(fails: (item: string) => boolean = () => false) {
  const given: string[][] = [];
  const gates: PromiseWithResolvers<void>[] = [];
  const work = async (items: readonly string[]): Promise<string[]> => {
    const gate = Promise.withResolvers<void>();
    given.push([...items]);
    gates.push(gate);
    await gate.promise;
    if (items.some(fails)) throw new Error('refused');
    return items.map((item) => `done ${item}`);
  };
  return { work, given, goOn: () => gates.splice(0).forEach((gate) => gate.resolve()) };
}

test('what comes at once or meanwhile is done together, in the order of coming, and each gets its own result', async () => {
  const { work, given, goOn } = slowWork();
  const together = createTogether(work, 3);
  const ask = (...items: string[]) => items.map((item) => together('one', item));
  const first = ask('a', 'b');
  const other = together('other', 'x');
  await endOfTurn();
  const rest = ask('c', 'd', 'e', 'f');
  expect(given).toEqual([['a', 'b'], ['x']]);
  goOn();
  expect(await Promise.all([...first, other])).toEqual(['done a', 'done b', 'done x']);
  expect(given.slice(2)).toEqual([['c', 'd', 'e']]);
  goOn();
  await rest[2];
  goOn();
  expect(await Promise.all(rest)).toEqual(['done c', 'done d', 'done e', 'done f']);
  expect(given.slice(3)).toEqual([['f']]);
  const [later] = ask('g');
  await endOfTurn();
  goOn();
  expect(await later).toBe('done g');
});

test('nobody fails for somebody else', async () => {
  const { work, given, goOn } = slowWork((item) => item === 'bad');
  const together = createTogether(work, 10);
  const rest = ['good', 'bad', 'fine'].map((item) => together('one', item));
  await endOfTurn();
  goOn();
  const settled = Promise.allSettled(rest);
  while (given.length < 4) await Promise.resolve();
  goOn();
  expect((await settled).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(given).toEqual([['good', 'bad', 'fine'], ['good'], ['bad'], ['fine']]);
});
