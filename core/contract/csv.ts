import { Readable } from 'node:stream';
import { type Options, stringify } from 'csv-stringify/sync';
import type { Language, Words } from './words.ts';

/** A column of a list as a file. */
export interface ListColumn<Row> {
  readonly words: Words;
  /** The field of the CRM that it shows: the column is missing for whom the role does not let read it. */
  readonly sees?: readonly [object: string, field: string];
  /** `moment`: ISO 8601, written in the zone of the workspace. Default `text`. */
  readonly kind?: 'text' | 'moment';
  /** Words for values that are choices; one that is not among them stays as it is. */
  readonly choices?: Readonly<Record<string, Words>>;
  readonly value: (row: Row, language: Language) => string | number | null | undefined;
}

export interface CsvLook {
  readonly language: Language;
  /** IANA name. */
  readonly timeZone: string;
}

/** What became of a file. */
export interface CsvEnd {
  readonly rows: number;
  /** False: it broke off, because who asked for it hung up or the list could not be read to its end. */
  readonly isWhole: boolean;
}

/**
 * A list as a file for a spreadsheet, written while it is read: no more than a page of it is in memory, and a slow reader holds up the list.
 * What a spreadsheet would run as a formula gets an apostrophe before it.
 *
 * @param end runs before the last bytes are out: if it fails, so does the file
 */
export function csvOf<Row>(
  columns: readonly ListColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  look: CsvLook,
  end: (outcome: CsvEnd) => Promise<void>,
): Readable {
  return Readable.from(textOf(columns, pages, look, end), { objectMode: false });
}

async function* textOf<Row>(
  columns: readonly ListColumn<Row>[],
  pages: AsyncIterable<readonly Row[]>,
  look: CsvLook,
  end: (outcome: CsvEnd) => Promise<void>,
): AsyncGenerator<Buffer> {
  const lines = linesIn(look);
  const cells = columns.map((column) => cellOf(column, look));
  let outcome: CsvEnd = { rows: 0, isWhole: false };
  try {
    yield lines([columns.map((column) => headingOf(column, look))], { bom: true });
    for await (const page of pages) {
      outcome = { ...outcome, rows: outcome.rows + page.length };
      if (page.length > 0) yield lines(page.map((row) => cells.map((cell) => cell(row))));
    }
    outcome = { ...outcome, isWhole: true };
  } finally {
    await end(outcome);
  }
}

/** A number with its country is a number, not a formula: digits and spaces alone compute nothing. */
const PHONE = /^\+[\d ]+$/;

function linesIn({ language }: CsvLook) {
  const options: Options = {
    // Spreadsheets part the columns by the sign that the language does not need for decimals.
    delimiter: language === 'en' ? ',' : ';',
    record_delimiter: 'windows',
    escape_formulas: true,
    // A line end of any kind inside a cell ends the line for some spreadsheets.
    quoted_match: /[\r\n]/,
    cast: { string: (value) => (PHONE.test(value) ? { value, escape_formulas: false } : value) },
  };
  return (rows: readonly (readonly unknown[])[], more: Options = {}) =>
    Buffer.from(stringify([...rows] as unknown[][], { ...options, ...more }));
}

function headingOf<Row>({ words, kind }: ListColumn<Row>, { language, timeZone }: CsvLook): string {
  return kind === 'moment' ? `${words[language]} (${timeZone})` : words[language];
}

function cellOf<Row>({ kind, choices, value }: ListColumn<Row>, { language, timeZone }: CsvLook) {
  if (kind === 'moment') {
    const written = momentsIn(timeZone);
    return (row: Row) => written(value(row, language));
  }
  return (row: Row) => {
    const given = value(row, language) ?? '';
    return choices?.[String(given)]?.[language] ?? given;
  };
}

/** `2026-05-02 14:30:00`, which spreadsheets of every language take for a time. */
function momentsIn(timeZone: string): (value: unknown) => string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  return (value) => {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? '' : format.format(at);
  };
}
