import { badRequest } from './errors.ts';
import { compare, readFilter, type Row } from './filter.ts';

/** The query options of a collection. */
export type Query = {
  readonly select: readonly string[] | undefined;
  readonly expand: readonly string[];
  readonly filter: string | undefined;
  readonly orderBy: string | undefined;
  readonly top: number | undefined;
  readonly skip: number;
  readonly count: boolean;
};

/** What entity sets give at once; report functions take larger pages. */
const PAGE = 100;

/** @throws ODataError 400 */
export function readQuery(params: URLSearchParams): Query {
  const list = (name: string) =>
    (params.get(name) ?? '')
      .split(/,(?![^(]*\))/)
      .map((one) => one.replace(/\(.*$/, '').trim())
      .filter((one) => one !== '');
  const select = list('$select');
  return {
    select: select.length === 0 || select.includes('*') ? undefined : select,
    expand: list('$expand'),
    filter: params.get('$filter') ?? undefined,
    orderBy: params.get('$orderby') ?? undefined,
    top: numberOf(params, '$top'),
    skip: numberOf(params, '$skip') ?? 0,
    count: params.get('$count') === 'true',
  };
}

function numberOf(params: URLSearchParams, name: string): number | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!/^\d+$/.test(text)) throw badRequest(`Invalid value '${text}' for ${name}.`);
  return Number(text);
}

/** A collection whose entities show some properties only when they are expanded. */
export type Entities = { readonly rows: readonly Row[]; readonly navigations: readonly string[] };

export type Page = {
  readonly '@odata.count'?: number;
  readonly value: readonly Row[];
  readonly '@odata.nextLink'?: string;
};

/** @throws ODataError 400 above the page size or for an unknown property */
export function queryEntities({ rows, navigations }: Entities, query: Query, url: URL): Page {
  const { top, skip, count, filter, orderBy } = query;
  if (top !== undefined && top > PAGE) throw badRequest(`The limit of '${PAGE}' for Top query has been exceeded.`);
  const found = sorted(filter === undefined ? rows : rows.filter(readFilter(filter)), orderBy);
  const end = skip + (top ?? PAGE);
  return {
    ...(count ? { '@odata.count': found.length } : {}),
    value: found.slice(skip, end).map((row) => shape(row, query, navigations)),
    ...(top === undefined && end < found.length ? { '@odata.nextLink': nextLink(url, end) } : {}),
  };
}

function nextLink(url: URL, skip: number): string {
  const next = new URL(url);
  next.searchParams.set('$skip', String(skip));
  return next.href;
}

/** @throws ODataError 400 for an unknown property */
export function shape(row: Row, { select, expand }: Query, navigations: readonly string[]): Row {
  const unknown = [...(select ?? []), ...expand].find((name) => !(name in row));
  if (unknown !== undefined) throw badRequest(`Could not find a property named '${unknown}'.`);
  const shown = (name: string) =>
    navigations.includes(name) ? expand.includes(name) : select === undefined || select.includes(name);
  return Object.fromEntries(Object.entries(row).filter(([name]) => shown(name)));
}

function sorted(rows: readonly Row[], orderBy: string | undefined): readonly Row[] {
  if (orderBy === undefined) return rows;
  const keys = orderBy.split(',').map((part) => {
    const [name = '', direction = 'asc'] = part.trim().split(/\s+/);
    return { name, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
  return rows.toSorted((one, other) => {
    for (const { name, sign } of keys) {
      const order = compare(one[name], other[name]) || 0;
      if (order !== 0) return order * sign;
    }
    return 0;
  });
}
