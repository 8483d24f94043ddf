import { expect, test } from '@jest/globals';
import { type CsvEnd, csvOf, languageOf, type ListColumn } from '../../contract/index.ts';

interface Row {
  readonly name: string;
  readonly at?: string;
  readonly state?: string;
}

const columns: readonly ListColumn<Row>[] = [
  { words: { en: 'Name', nl: 'Naam', de: 'Name' }, value: ({ name }) => name },
  { words: { en: 'When', nl: 'Wanneer', de: 'Wann' }, kind: 'moment', value: ({ at }) => at },
  {
    words: { en: 'State', nl: 'Status', de: 'Status' },
    choices: { OPEN: { en: 'Open', nl: 'Open', de: 'Offen' } },
    value: ({ state }) => state,
  },
];

const english = { language: 'en', timeZone: 'Europe/Amsterdam' } as const;
const nothing = async () => undefined;

async function* inPages<R>(...pages: readonly (readonly R[])[]) {
  yield* pages;
}

async function textOf(rows: readonly Row[], look: Parameters<typeof csvOf>[2] = english): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of csvOf(columns, inPages(rows), look, nothing)) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

const linesOf = (text: string) => text.split('\r\n').slice(1, -1);

test('a file begins with the mark of UTF-8, and its lines end as spreadsheets expect', async () => {
  expect(await textOf([{ name: 'Zoë', at: '2026-07-01T12:00:00Z', state: 'OPEN' }])).toBe(
    '\uFEFFName,When (Europe/Amsterdam),State\r\nZoë,2026-07-01 14:00:00,Open\r\n',
  );
});

test('where decimals have a comma, a semicolon parts the columns', async () => {
  const text = await textOf([{ name: '1,5; 2', state: 'OPEN' }], { ...english, language: 'de' });
  expect(text).toBe('\uFEFFName;Wann (Europe/Amsterdam);Status\r\n"1,5; 2";;Offen\r\n');
});

test.each([
  ['=1+1', "'=1+1,,"],
  ['+SUM(A1)', "'+SUM(A1),,"],
  ['-2+3', "'-2+3,,"],
  ['@cmd', "'@cmd,,"],
  ['\t=1', "'\t=1,,"],
  ['\uFF1D1+1', "'\uFF1D1+1,,"],
  ['=HYPERLINK("http://example.com","x")', `"'=HYPERLINK(""http://example.com"",""x"")",,`],
  ['+44 20 7946 0018', '+44 20 7946 0018,,'],
  ['+44 20 7946 0018=1', "'+44 20 7946 0018=1,,"],
  ['two\nlines', '"two\nlines",,'],
])('%j runs nothing', async (name, line) => expect(linesOf(await textOf([{ name }]))).toEqual([line]));

test('times follow the clock of the zone through its changes; what is no time is empty', async () => {
  const at = (moment: string) => ({ name: 'x', at: moment });
  const lines = linesOf(await textOf([at('2026-10-25T00:30:00Z'), at('2026-10-25T01:30:00Z'), at('soon')]));
  expect(lines).toEqual(['x,2026-10-25 02:30:00,', 'x,2026-10-25 02:30:00,', 'x,,']);
});

test('a list of 100,000 lines is read no faster than it is taken', async () => {
  let read = 0;
  async function* pages() {
    for (; read < 500; read += 1) yield Array.from({ length: 200 }, (_, index): Row => ({ name: `Line ${index}` }));
  }
  const ends: CsvEnd[] = [];
  const file = csvOf(columns, pages(), english, async (end) => void ends.push(end));
  const taking = file[Symbol.asyncIterator]();
  await taking.next();
  await taking.next();
  await new Promise(setImmediate);
  expect(read).toBeLessThan(100);
  let bytes = 0;
  for await (const part of { [Symbol.asyncIterator]: () => taking }) bytes += (part as Buffer).length;
  expect(bytes).toBeGreaterThan(500_000);
  expect(ends).toEqual([{ rows: 100_000, isWhole: true }]);
});

test('who hangs up in the middle is noted with what was read', async () => {
  const ends: CsvEnd[] = [];
  const { promise, resolve } = Promise.withResolvers<void>();
  async function* pages() {
    for (;;) yield [{ name: 'again' }];
  }
  const file = csvOf(columns, pages(), english, async (end) => {
    ends.push(end);
    resolve();
  });
  for await (const _part of file) break;
  await promise;
  expect(ends).toMatchObject([{ isWhole: false }]);
});

test('a file whose end cannot be noted does not end well', async () => {
  const file = csvOf(columns, inPages([{ name: 'x' }]), english, async () => {
    throw new Error('no log');
  });
  await expect(file.toArray()).rejects.toThrow('no log');
});

test.each([
  ['nl-NL,en;q=0.8', 'nl'],
  ['fr, de-AT', 'de'],
  ['fr', 'en'],
  [null, 'en'],
])('%s is answered in %s', (wish, language) => expect(languageOf(wish)).toBe(language));
