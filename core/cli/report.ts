import type { CheckLine } from '../contract/index.ts';

/** One sentence what went wrong, one what to do. */
export function reportFailure(error: unknown): void {
  const { message, remedy } = error as { message?: string; remedy?: string };
  console.error(`${message ?? String(error)}.`.replace(/\.\.$/, '.'));
  if (remedy !== undefined) console.error(remedy);
  process.exitCode = 1;
}

const MARKS = { ok: '✓', warning: '!', failed: '✗', off: '–' } as const;

/** A checklist; a failed line makes the command fail. */
export function printCheck(lines: readonly CheckLine[]): void {
  for (const { state, name, detail, remedy } of lines) {
    console.log(`${MARKS[state]} ${name}: ${detail}`);
    if (remedy !== undefined && state !== 'ok') console.log(`    ${remedy}`);
  }
  if (lines.some((line) => line.state === 'failed')) process.exitCode = 1;
}

/** Columns as wide as their widest value. */
export function printTable(rows: readonly Readonly<Record<string, unknown>>[], columns: readonly string[]): void {
  if (rows.length === 0) return console.log('None.');
  const cells = [
    columns.map((column) => column.toUpperCase()),
    ...rows.map((row) => columns.map((column) => show(row[column]))),
  ];
  const widths = columns.map((_, index) => Math.max(...cells.map((line) => line[index]?.length ?? 0)));
  for (const line of cells)
    console.log(
      line
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    );
}

/** What a door of a plugin answers: lists as tables, the rest as lines. */
export function printAnswer(answer: object): void {
  for (const [name, value] of Object.entries(answer)) {
    if (Array.isArray(value)) printList(name, value);
    else if (isRecord(value)) for (const [inner, one] of Object.entries(value)) console.log(`${inner}: ${show(one)}`);
    else console.log(`${name}: ${show(value)}`);
  }
}

function printList(name: string, list: readonly unknown[]): void {
  console.log(`${name}:`);
  const rows = list.map((one) => (isRecord(one) ? one : { value: one }));
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row).filter((key) => isPlain(row[key]))))];
  printTable(rows, columns);
}

/** What fits into a column; the rest is in `--json`. */
function isPlain(value: unknown): boolean {
  return value instanceof Date || (value !== undefined && typeof value !== 'object');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

function show(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
