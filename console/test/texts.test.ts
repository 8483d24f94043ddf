import { expect, test } from '@jest/globals';
import { english } from '../src/texts/en/index.ts';
import { german } from '../src/texts/de/index.ts';
import { dutch } from '../src/texts/nl/index.ts';

/** Keys of permissions hold dots themselves. */
const between = ' > ';

function keysOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) => keysOf(inner, `${path}${between}${name}`));
}

test.each([
  ['Dutch', dutch],
  ['German', german],
])('%s says everything that English says', (_name, texts) => {
  expect(keysOf(texts).toSorted()).toEqual(keysOf(english).toSorted());
});

test.each([
  ['Dutch', dutch],
  ['German', german],
])('%s is not left in English', (_name, texts) => {
  const words = (one: object) => keysOf(one).map((path) => path.split(between).slice(1));
  const read = (one: object, path: readonly string[]) =>
    path.reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], one);
  const same = words(english).filter((path) => {
    const text = read(english, path);
    return typeof text === 'string' && text.length > 24 && text === read(texts, path);
  });
  expect(same).toEqual([]);
});
