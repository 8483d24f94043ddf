import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { Problem } from '../src/api/client.ts';
import { inWords } from '../src/kit/in-words.ts';
import { english } from '../src/texts/en/index.ts';
import { german } from '../src/texts/de/index.ts';
import { inOwnWords } from '../src/texts/findings.ts';
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
  const own = ({ findings: _hubsOwn, refusals: _too, ...rest }: typeof english) => keysOf(rest).toSorted();
  expect(own(texts)).toEqual(own(english));
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

/** What the hub's check-ups find, by the codes in their source. */
async function codesOfTheHub(): Promise<string[]> {
  const sources = await Promise.all([
    sourcesIn(
      'core',
      /^(?:crm\/(?:check\/|connect\.|webhook-test\/line)|admin\/(?:check|connect)\.|auth\/check\.).*ts$/,
    ),
    sourcesIn('plugins', /^(?:threecx|mail|service-desk)\/(?:check|mailboxes\/probe)[./].*ts$/),
  ]).then((both) => both.flat());
  const codes = sources.flatMap((source) =>
    [...source.matchAll(/(?:code[:=]|code =|\?|:) '([a-z-]+\.[a-z-]+)'/g)].map(([, code = '']) => code),
  );
  return [...new Set(codes)].toSorted();
}

async function sourcesIn(folder: string, wanted: RegExp): Promise<string[]> {
  const root = join(import.meta.dirname, '../..', folder);
  const names = await readdir(root, { recursive: true });
  const matching = names.filter((name) => wanted.test(name));
  return await Promise.all(matching.map(async (name) => await readFile(join(root, name), 'utf8')));
}

test.each([
  ['Dutch', dutch],
  ['German', german],
])(
  "%s has words for all that the hub's check-ups find, and for nothing else of the hub",
  async (_name, { findings }) => {
    const codes = Object.keys(findings).filter((code) => !code.startsWith('name:'));
    expect(codes.toSorted()).toEqual(await codesOfTheHub());
  },
);

test.each([
  ['Dutch', dutch],
  ['German', german],
])('%s has words for all that mail refuses with a reason, and for nothing else', async (_name, { refusals }) => {
  const sources = await sourcesIn('plugins/mail', /^(?:send|see|mailboxes|templates)\/.*ts$/);
  const reasons = sources.flatMap((source) =>
    [...source.matchAll(/'(mail\.[a-z-]+)'/g)].map(([, reason = '']) => reason),
  );
  const others = new Set(['mail.see-all', ...(await codesOfTheHub()), ...(await jobsOfMail())]);
  expect(Object.keys(refusals).toSorted()).toEqual(
    [...new Set(reasons)].filter((reason) => !others.has(reason)).toSorted(),
  );
});

async function jobsOfMail(): Promise<string[]> {
  const sources = await sourcesIn('plugins/mail', /work\.ts$|sign-in\.ts$/);
  return sources.flatMap((source) => [...source.matchAll(/name: '(mail\.[a-z-]+)'/g)].map(([, name = '']) => name));
}

test('a refusal is said in the language of the person, and one without words of its own as the hub says it', () => {
  const body = { code: 'payload', message: 'A mail carries at most 50 files', remedy: 'Leave some out.' };
  const refused = new Problem(400, { ...body, reason: 'mail.too-many-files', values: { most: 50 } });
  expect(inWords(refused, german).title).toBe('Eine Mail trägt höchstens 50 Dateien');
  expect(inWords(refused, english)).toEqual({ title: body.message, remedy: body.remedy });
  expect(inWords(new Problem(400, { ...body, reason: 'mail.new' }), dutch).title).toBe(body.message);
});

test('both name the same of what is refused', () => {
  const placesOf = (words: readonly (string | undefined)[]) =>
    words.map((text) => [...(text ?? '').matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted());
  const places = ({ refusals }: typeof english) =>
    Object.fromEntries(Object.entries(refusals).map(([reason, words]) => [reason, placesOf(words)]));
  expect(places(german)).toEqual(places(dutch));
});

test('both name the same of what was found', () => {
  const placesOf = (words: readonly (string | undefined)[]) =>
    words.map((text) => [...(text ?? '').matchAll(/\{\w+\}/g)].map(([place]) => place).toSorted());
  const places = ({ findings }: typeof english) =>
    Object.fromEntries(Object.entries(findings).map(([code, words]) => [code, placesOf(words)]));
  expect(places(german)).toEqual(places(dutch));
});

test('a finding is said in the language of the person, and one without words of its own as the hub says it', () => {
  const line = { name: 'Twenty', state: 'ok', detail: 'http://x answers (version 2.21).' } as const;
  const known = { ...line, code: 'twenty.answers', values: { url: 'http://x', version: '2.21' } };
  expect(inOwnWords(known, german.findings).detail).toBe('http://x antwortet (Version 2.21).');
  expect(inOwnWords(known, english.findings)).toBe(known);
  expect(inOwnWords({ ...line, code: 'new.finding' }, german.findings).detail).toBe(line.detail);
  const failed = { name: 'Call log', state: 'failed', detail: '3CX does not answer.' } as const;
  expect(inOwnWords(failed, german.findings)).toMatchObject({ name: 'Anrufliste', detail: '3CX does not answer.' });
});
