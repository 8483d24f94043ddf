import {
  type CrmMatch,
  type CrmRecord,
  type MemberReader,
  type MemberRoute,
  parsePhone,
  queryOf,
  readPhonePart,
  type Tenant,
} from '@switchboard/core/contract';
import { z } from 'zod';
import type { Context } from '../services.ts';
import { detailsBehind, labelOf } from '../records/named.ts';
import { showCalls, type ShownCall } from '../records/shown.ts';
import { numbersIn, shownNumber, type ShownNumber, textIn } from '../records/values.ts';

/** Of each kind. */
const MOST = 6;
/** A shorter beginning is that of too many calls; the plus counts. */
const CALL_DIGITS = 8;
const kinds = ['person', 'location', 'company', 'serviceCase'] as const;

interface Hit {
  readonly kind: (typeof kinds)[number];
  readonly id: string;
  readonly title: string;
  /** The company of a person or a case, the address of a place. */
  readonly detail: string;
  readonly number: ShownNumber | null;
  readonly state: string | null;
}

export interface SearchAnswer {
  /** What was typed, when it can be dialled. */
  readonly number: ShownNumber | null;
  readonly hits: readonly Hit[];
  readonly calls: readonly ShownCall[];
}

/** One question per key that is pressed: people, places, companies, cases and calls together. */
export const searchRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/search',
    summary:
      'People, companies, locations, cases and calls by words, numbers and addresses, as far as one may read them',
    handle: async ({ tenant }, request) => {
      const { q } = queryOf(z.object({ q: z.string().max(200).default('') }), request);
      return { body: await find(request.crm, tenant, q.trim()) };
    },
  },
];

async function find(crm: MemberReader, tenant: Tenant, text: string): Promise<SearchAnswer> {
  if (text.length < 2) return { number: null, hits: [], calls: [] };
  const [byKey, byWords, calls] = await Promise.all([
    keyMatches(crm, tenant, text),
    crm.search(text, { objects: kinds, limit: MOST }),
    callsOf(crm, tenant, text),
  ]);
  const matches = [...new Map([...byKey, ...byWords].map((match) => [match.record.id, match])).values()];
  return {
    number: shownNumber(text, tenant.country) ?? null,
    hits: await hitsOf(crm, tenant, matches),
    calls: await showCalls(crm, tenant, calls),
  };
}

/** Whom a number or an address belongs to, or one that begins or ends so. */
async function keyMatches(crm: MemberReader, { country }: Tenant, text: string): Promise<CrmMatch[]> {
  const options = { objects: kinds, limit: MOST };
  if (text.includes('@')) return await crm.findByKeyPart({ emailStarts: text }, options);
  const part = readPhonePart(text, country);
  if (part === undefined) return [];
  const found = await Promise.all([
    ...part.starts.map((phoneStarts) => crm.findByKeyPart({ phoneStarts }, options)),
    ...(part.ends === undefined ? [] : [crm.findByKeyPart({ phoneEnds: part.ends }, options)]),
  ]);
  return found.flat();
}

async function callsOf(crm: MemberReader, { country }: Tenant, text: string): Promise<CrmRecord[]> {
  const whole = parsePhone(text, country)?.e164;
  const starts = whole === undefined ? (readPhonePart(text, country)?.starts ?? []) : [whole];
  const sources = starts
    .filter((start) => start.length > CALL_DIGITS)
    .map((start) => ({
      object: 'phoneCall',
      at: 'startedAt',
      starts: { phoneNumber: start },
      empty: ['mergedIntoId'],
    }));
  return (await crm.newest(sources, { limit: MOST })).map(({ record }) => record);
}

async function hitsOf(crm: MemberReader, { country }: Tenant, matches: readonly CrmMatch[]): Promise<Hit[]> {
  const records = matches.map(({ record }) => record);
  const detailOf = await detailsBehind(crm, records);
  const hits = matches.map(({ object, record }) => ({
    kind: object as Hit['kind'],
    id: record.id,
    title: labelOf(object, record),
    detail: detailOf(record),
    number: numbersIn(record['phones'], country)[0] ?? null,
    state: object === 'serviceCase' ? textIn(record, 'status') : null,
  }));
  return kinds.flatMap((kind) => hits.filter((hit) => hit.kind === kind).slice(0, MOST));
}
