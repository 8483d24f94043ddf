import type { HttpInit } from '@switchboard/core/contract';
import { z } from 'zod';
import type { Session } from './session.ts';

/** 3CX's configuration API, OData at `/xapi/v1`. Rows come as they are; who asks knows how to read them. */
export type Xapi = {
  readonly get: (path: string, signal: AbortSignal) => Promise<unknown>;
  /** As `get`; undefined when this build does not have it. */
  readonly find: (path: string, signal: AbortSignal) => Promise<unknown>;
  /** All pages of a collection. @param query OData options without `$top` and `$skip` */
  readonly list: (path: string, query: Readonly<Record<string, string>>, signal: AbortSignal) => Promise<unknown[]>;
  readonly post: (path: string, body: object, signal: AbortSignal) => Promise<unknown>;
  readonly patch: (path: string, body: object, signal: AbortSignal) => Promise<void>;
  readonly session: Session;
};

/** More than so many in a page are refused with 400 (3CX V20, seen by others). */
const PAGE = 100;
/** A PBX that never ends its pages must not keep a job for ever. */
const MOST_PAGES = 1000;

const collection = z.object({ value: z.array(z.unknown()), '@odata.nextLink': z.string().optional() });

export function createXapi(session: Session): Xapi {
  const ask = async (path: string, init: HttpInit) => await session.request(`/xapi/v1${path}`, init);

  return {
    session,
    async get(path, signal) {
      return (await ask(path, { signal })).json();
    },
    async find(path, signal) {
      const answer = await ask(path, { signal, accept: [404] });
      return answer.status === 404 ? undefined : answer.json();
    },
    async list(path, query, signal) {
      const rows: unknown[] = [];
      for (let page = 0; page < MOST_PAGES; page += 1) {
        const options = { ...query, $top: String(PAGE), $skip: String(rows.length) };
        const answer = await ask(`${path}?${queryOf(options)}`, { signal });
        const { value, '@odata.nextLink': next } = collection.parse(answer.json());
        rows.push(...value);
        if (value.length === 0 || (value.length < PAGE && next === undefined)) return rows;
      }
      return rows;
    },
    async post(path, body, signal) {
      const answer = await ask(path, { method: 'POST', body, signal });
      return answer.text === '' ? undefined : answer.json();
    },
    async patch(path, body, signal) {
      await ask(path, { method: 'PATCH', body, signal });
    },
  };
}

/** OData wants `$` and quotes as they are. */
function queryOf(options: Readonly<Record<string, string>>): string {
  return Object.entries(options)
    .map(([name, value]) => `${name}=${encodeURIComponent(value).replaceAll('%24', '$').replaceAll('%2C', ',')}`)
    .join('&');
}
