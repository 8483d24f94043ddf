import type { AuditEntry, AuditFilter, AuditLog } from '../audit/index.ts';
import { csvHeaders, csvOf, languageOf, type ListColumn, type Reply } from '../contract/index.ts';
import type { Database } from '../store/database.ts';
import type { Tenants } from '../tenants/index.ts';

interface AuditFileDeps {
  readonly audit: AuditLog;
  readonly database: Database;
  readonly tenants: Tenants;
}

interface Asked {
  readonly filter: Omit<AuditFilter, 'tenantId' | 'before' | 'limit'>;
  readonly actor: string;
  readonly language: string | undefined;
}

/** The audit log of a tenant as a file, in the same way as the lists of plugins. Taking it is an entry of its own. */
export type AuditFile = (tenant: string, asked: Asked) => Promise<Reply>;

const columns: readonly ListColumn<AuditEntry>[] = [
  { words: { en: 'Entry', nl: 'Regel', de: 'Eintrag' }, value: ({ sequence }) => sequence },
  { words: { en: 'When', nl: 'Wanneer', de: 'Wann' }, kind: 'moment', value: ({ at }) => at.toISOString() },
  { words: { en: 'Who', nl: 'Wie', de: 'Wer' }, value: ({ actor }) => actor },
  { words: { en: 'Deed', nl: 'Handeling', de: 'Handlung' }, value: ({ action }) => action },
  { words: { en: 'On what', nl: 'Waarop', de: 'Woran' }, value: ({ subject }) => subject },
  { words: { en: 'Details', nl: 'Details', de: 'Einzelheiten' }, value: ({ details }) => JSON.stringify(details) },
  // The hash of an entry covers its moment to the millisecond and in UTC.
  { words: { en: 'When (UTC)', nl: 'Wanneer (UTC)', de: 'Wann (UTC)' }, value: ({ at }) => at.toISOString() },
  { words: { en: 'Hash', nl: 'Hash', de: 'Hash' }, value: ({ hash }) => hash },
];

const PAGE = 500;
const NAME = 'audit';

export function createAuditFile({ audit, database, tenants }: AuditFileDeps): AuditFile {
  return async (slugOrId, { filter, actor, language }) => {
    const tenant = await tenants.get(slugOrId);
    const look = { language: languageOf(language), timeZone: tenant.timeZone };
    const note = async (action: string, details: Readonly<Record<string, unknown>>) => {
      const entry = { tenantId: tenant.id, actor, action, subject: `list/${NAME}`, details };
      await database.db.transaction().execute(async (transaction) => await audit.append(transaction, entry));
    };
    await note('list.export', { filters: Object.keys(filter) });
    const pages = entriesOf(audit, { ...filter, tenantId: tenant.id });
    const body = csvOf(columns, pages, look, (end) => note('list.exported', { ...end }));
    return { headers: csvHeaders(NAME, look, tenant, Date.now()), body };
  };
}

async function* entriesOf(audit: AuditLog, filter: AuditFilter): AsyncGenerator<readonly AuditEntry[]> {
  let before: number | undefined;
  for (;;) {
    const page = await audit.list({ ...filter, limit: PAGE, ...(before === undefined ? {} : { before }) });
    yield page;
    before = page.at(-1)?.sequence;
    if (before === undefined || page.length < PAGE) return;
  }
}
