import { z } from 'zod';
import type { PluginContext, Tenant } from './context.ts';
import { type CsvLook, csvOf, type ListColumn } from './csv.ts';
import type { MemberRequest, MemberRoute, Reply } from './http.ts';
import { queryOf } from './requests.ts';
import { languageOf } from './words.ts';

/** A list that members may take away as a file. */
export interface ListExport<Context, Query extends z.ZodObject, Row> {
  /** Names the file, and the list in the audit log. */
  readonly name: string;
  readonly path: `/${string}`;
  readonly summary: string;
  /** The filter of the list, as its page has it. */
  readonly query: Query;
  readonly columns: readonly ListColumn<Row>[];
  /** The lines in the order of the page, a page at a time: only what this member may see. */
  readonly pages: (context: Context, request: MemberRequest, asked: z.output<Query>) => AsyncIterable<readonly Row[]>;
}

const common = z.object({ language: z.string().max(100).optional() });

/**
 * The one way in which lists leave the hub: behind the permission `data.export`, as UTF-8 with a mark that spreadsheets know it by, in the language
 * `?language=` asks for and the times of the workspace. The audit log says who took which list when, and at the end how many lines they were: who
 * hangs up, or a hub that is killed, leaves the first of the two.
 */
export function exportRoute<
  Context extends Pick<PluginContext, 'tenant' | 'commit' | 'clock'>,
  Query extends z.ZodObject,
  Row,
>({ name, path, summary, query, columns, pages }: ListExport<Context, Query, Row>): MemberRoute<Context> {
  return {
    method: 'GET',
    path,
    summary,
    permission: 'data.export',
    async handle(context, request) {
      const { language: _language, ...filter } = Object.fromEntries(request.query);
      const asked = queryOf(query, { query: new URLSearchParams(filter) });
      const look = { language: languageOf(queryOf(common, request).language), timeZone: context.tenant.timeZone };
      const note = async (action: string, details: object) =>
        await context.commit({
          audit: [{ actor: request.member.email, action, subject: `list/${name}`, details: { ...details } }],
        });
      const shown = await visibleOf(columns, request);
      // Before anything is out: what goes wrong at once is answered as what it is, and not as a file that breaks off.
      const begun = await begin(pages(context, request, asked));
      // Names only: what is looked for may be the name of a customer.
      const filters = Object.keys(filter).filter((one) => filter[one] !== '');
      await note('list.export', { filters });
      const body = csvOf(shown, begun, look, (end) => note('list.exported', end));
      return { headers: csvHeaders(name, look, context.tenant, context.clock.now()), body };
    },
  };
}

/** Reads the first page. */
async function begin<Page>(pages: AsyncIterable<Page>): Promise<AsyncIterable<Page>> {
  const reading = pages[Symbol.asyncIterator]();
  const first = await reading.next();
  async function* all() {
    try {
      if (first.done === true) return;
      yield first.value;
      yield* { [Symbol.asyncIterator]: () => reading };
    } finally {
      await reading.return?.();
    }
  }
  return all();
}

async function visibleOf<Row>(
  columns: readonly ListColumn<Row>[],
  { crm }: Pick<MemberRequest, 'crm'>,
): Promise<readonly ListColumn<Row>[]> {
  const seen = await Promise.all(columns.map(async ({ sees }) => sees === undefined || (await crm.sees(...sees))));
  return columns.filter((_column, index) => seen[index]);
}

/** @param now milliseconds since the epoch: the file carries its day in the zone of the workspace */
export function csvHeaders(
  name: string,
  { timeZone }: CsvLook,
  { slug }: Pick<Tenant, 'slug'>,
  now: number,
): NonNullable<Reply['headers']> {
  const day = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(now);
  return {
    'content-type': 'text/csv; charset=utf-8',
    'content-disposition': `attachment; filename="${name}-${slug}-${day}.csv"`,
  };
}
