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

function show(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().replace('T', ' ').slice(0, 19);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
