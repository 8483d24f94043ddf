import { isDeepStrictEqual } from 'node:util';
import {
  ConflictError,
  type CrmReader,
  type CrmRecord,
  type PluginTables,
  sql,
  thisTenant,
} from '@switchboard/core/contract';
import { caseWork } from '../live/case-work.ts';
import { dayChanged } from '../live/day.ts';
import { caseName, type EditableField, kindOfChange, statusFollows, type Values } from '../map.ts';
import { contractFor, keepPromises } from '../promises/keep.ts';
import { demandOwnStatus } from '../merge/merge.ts';
import type { Author, Context } from '../services.ts';
import { addEntry } from './entries.ts';
import { foundIn } from './find.ts';
import { checkLinks } from './links.ts';
import { once } from './once.ts';
import { awaiting, keepPending, lockRow, readRow } from './pending.ts';

/** A value with the one that whoever changes it has seen: what it replaces. */
export type Change = { readonly from: string | null; readonly to: string | null };

export interface CaseChange {
  readonly requestId: string;
  readonly caseId: string;
  readonly changes: Readonly<Partial<Record<EditableField, Change>>>;
}

/** A field that somebody else has changed since the page was read. */
export interface Clash {
  readonly field: string;
  readonly mine: string | null;
  readonly theirs: string | null;
  /** Empty: somebody in Twenty. */
  readonly by: string;
  readonly at: string | null;
}

/** Nothing was saved: every word of both is still there, one in the case and one on the page. */
export class ClashError extends ConflictError {
  readonly clashes: readonly Clash[];

  constructor(clashes: readonly Clash[]) {
    super('Somebody else has changed this case in the meantime', {
      field: `body.changes.${clashes[0]?.field ?? ''}`,
      remedy: 'Look at both values and decide which one holds.',
    });
    this.clashes = clashes;
  }
}

/**
 * Changes fields of a case, all or none.
 *
 * @throws ClashError when a value is not what the change replaces; NotFoundError for a case that is not there any more; PayloadError for a link to
 *   nothing
 */
export async function changeCase(
  context: Context,
  { author, crm }: { readonly author: Author; readonly crm: CrmReader },
  { requestId, caseId, changes }: CaseChange,
): Promise<{ readonly changed: readonly string[] }> {
  const { tables, clock } = context;
  const wanted = Object.fromEntries(Object.entries(changes).map(([field, { to }]) => [field, to])) as Values;
  await checkLinks({ tables, crm }, wanted);
  foundIn(caseId, await crm.get('serviceCase', caseId), await readRow(tables, caseId), clock.now());
  // Its name has the number in it, whether or not the member may see that.
  const record = await context.crm.get('serviceCase', caseId);
  const found = foundIn(caseId, record, await readRow(tables, caseId), clock.now());
  const contract = await contractFor(context, { ...found.current, ...wanted });
  try {
    return await once(context.commit, { memberId: author.id, requestId, asked: { caseId, changes } }, async (own) => {
      const row = await lockRow(own, caseId);
      const { current } = foundIn(caseId, record, row, clock.now());
      if ('status' in wanted) await demandOwnStatus(own, caseId);
      const clashes = await clashesOf(own, caseId, current, changes);
      if (clashes.length > 0) throw new ClashError(clashes);
      const fields = Object.fromEntries(Object.entries(wanted).filter(([field, to]) => !same(current[field], to)));
      const names = Object.keys(fields);
      if (names.length === 0) return { answer: { changed: [] }, changes: {} };
      return await write(context, own, { author, caseId, record, row, current, fields, contract });
    });
  } catch (error) {
    if (error instanceof ClashError) await tellOfClash(context, author, caseId, error);
    throw error;
  }
}

interface Writing {
  readonly author: Author;
  readonly caseId: string;
  readonly record: CrmRecord | undefined;
  readonly row: Awaited<ReturnType<typeof lockRow>>;
  readonly current: CrmRecord;
  readonly fields: Readonly<Record<string, unknown>>;
  /** That of the case with the change. */
  readonly contract: CrmRecord | undefined;
}

async function write(context: Context, tables: PluginTables, writing: Writing) {
  const { author, caseId, record, row, current, fields, contract } = writing;
  const { clock } = context;
  const at = new Date(clock.now());
  const names = Object.keys(fields);
  const status = fields['status'];
  const becoming = {
    ...fields,
    ...(typeof fields['subject'] === 'string' ? { name: caseName(numberOf(current), fields['subject']) } : {}),
    ...(typeof status === 'string'
      ? statusFollows({ status: current['status'], reopenCount: current['reopenCount'] }, status, at.toISOString())
      : {}),
    lastActivityAt: at.toISOString(),
  };
  const serviceCase = { ...current, ...becoming };
  const promised = await keepPromises(tables, context, { caseId, serviceCase, changed: names, contract, at });
  const all = { ...becoming, ...promised };
  await keepPending(tables, caseId, awaiting(record, row.pending, all, clock.now()));
  const entry = await addEntry(tables, {
    kind: kindOfChange(names),
    at,
    memberId: author.id,
    memberName: author.name,
    caseId,
    before: Object.fromEntries(names.map((name) => [name, current[name] ?? null])),
    after: fields,
  });
  const news = { kind: 'changed', byId: author.id, by: author.name, fields: names } as const;
  return {
    answer: { changed: names },
    changes: {
      writes: [{ object: 'serviceCase', id: caseId, fields: all, lane: 'live' as const }],
      journal: [entry],
      live: [
        await caseWork(tables, caseId, clock.now(), news),
        ...dayChanged(at.getTime(), [current['assigneeId'], fields['assigneeId']]),
      ],
    },
  };
}

async function clashesOf(
  tables: PluginTables,
  caseId: string,
  current: CrmRecord,
  changes: CaseChange['changes'],
): Promise<Clash[]> {
  const stale = Object.entries(changes).filter(
    ([field, { from, to }]) => !same(current[field], from) && !same(current[field], to),
  );
  return await Promise.all(
    stale.map(async ([field, { to }]) => ({
      field,
      mine: to,
      theirs: asText(current[field]),
      ...(await lastChangeOf(tables, caseId, field)),
    })),
  );
}

async function lastChangeOf(
  tables: PluginTables,
  caseId: string,
  field: string,
): Promise<{ readonly by: string; readonly at: string | null }> {
  const [last] = await tables.query<{ by: string; at: Date }>(sql`
    select member_name as by, at from service_desk_touch
    where tenant_id = ${thisTenant} and case_id = ${caseId} and ${field} = any(fields)
    order by at desc limit 1`);
  return { by: last?.by ?? '', at: last?.at.toISOString() ?? null };
}

/** Who was first is told as well: both meant the same field. */
async function tellOfClash({ commit, clock }: Context, author: Author, caseId: string, { clashes }: ClashError) {
  const fields = clashes.map(({ field }) => field);
  await commit({
    rows: async (tables) => ({
      live: [await caseWork(tables, caseId, clock.now(), { kind: 'clash', byId: author.id, by: author.name, fields })],
    }),
  });
}

/** No value is the same as an empty one: Twenty answers both. */
function same(one: unknown, other: unknown): boolean {
  return isDeepStrictEqual(one === undefined || one === '' ? null : one, other === '' ? null : other);
}

function asText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function numberOf(record: CrmRecord): string {
  return asText(record['number']) ?? '';
}
