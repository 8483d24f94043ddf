import { type AuditFilter, auditPage } from '../../api/audit.ts';
import type { AuditEntry } from '../../api/types.ts';

const PAGE_SIZE = 500;
const columns = [
  'sequence',
  'at',
  'actor',
  'action',
  'subject',
  'details',
  'hash',
] as const satisfies readonly (keyof AuditEntry)[];

/** All entries that match, as a file for a spreadsheet. */
export async function saveAsCsv(tenant: string, filter: AuditFilter): Promise<void> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const page = await auditPage(tenant, filter, { before: entries.at(-1)?.sequence, limit: PAGE_SIZE });
    entries.push(...page);
    if (page.length < PAGE_SIZE) break;
  }
  download(`audit-${tenant}-${new Date().toISOString().slice(0, 10)}.csv`, toCsv(entries));
}

function toCsv(entries: readonly AuditEntry[]): string {
  const lines = entries.map((entry) => columns.map((name) => quote(entry[name])).join(','));
  // With the mark that has spreadsheets read it as UTF-8.
  return `\uFEFF${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function quote(value: string | number | object): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  // A spreadsheet would run what begins with one of these as a formula.
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${harmless.replaceAll('"', '""')}"`;
}

function download(name: string, content: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
