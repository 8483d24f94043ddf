import { expect, test } from '@jest/globals';
import { createTurns } from '../../contract/index.ts';

/** A piece of work that is ended from outside. */
function piece(begun: string[], name: string) {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const work = async () => {
    begun.push(name);
    return await promise;
  };
  return { work, end: () => resolve(name), fail: () => reject(new Error(name)) };
}

const settled = async () => await new Promise(setImmediate);

test('as many run at once as are allowed, the others follow in their order', async () => {
  const begun: string[] = [];
  const inTurn = createTurns(2);
  const pieces = ['a', 'b', 'c', 'd'].map((name) => piece(begun, name));
  const done = pieces.map(({ work }) => inTurn(work));
  await settled();
  expect(begun).toEqual(['a', 'b']);
  pieces[1]?.end();
  await settled();
  expect(begun).toEqual(['a', 'b', 'c']);
  for (const { end } of pieces) end();
  expect(await Promise.all(done)).toEqual(['a', 'b', 'c', 'd']);
});

test('a piece that fails fails alone, and gives its place to the next', async () => {
  const begun: string[] = [];
  const inTurn = createTurns(1);
  const [bad, good] = [piece(begun, 'bad'), piece(begun, 'good')];
  const done = Promise.allSettled([inTurn(bad.work), inTurn(good.work)]);
  bad.fail();
  good.end();
  expect(await done).toMatchObject([{ status: 'rejected' }, { status: 'fulfilled', value: 'good' }]);
  const later = piece(begun, 'later');
  later.end();
  expect(await inTurn(later.work)).toBe('later');
});
