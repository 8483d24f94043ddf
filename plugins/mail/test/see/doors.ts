import type { CrmRecord, MemberRequest, Reply } from '@switchboard/core/contract';
import { mailRoutes, mailRoutesForMembers } from '../../see/routes.ts';
import type { Context } from '../../services.ts';
import type { Desk } from '../desk.ts';

/** A member with the permission to see all mail. */
export const ADMIN = 'e0000000-0000-4000-8000-000000000003';

export type Asking = {
  readonly body?: unknown;
  readonly at: Desk;
  readonly readsCases?: boolean;
  /** Objects, and fields as `object.field`, that the role may not read. */
  readonly hidden?: readonly string[];
  readonly mayChange?: boolean;
  /** Permissions in the hub. */
  readonly may?: readonly string[];
};

/** The mirror without what is hidden. */
function withoutHidden(crm: Desk['context']['crm'], hidden: readonly string[]): Desk['context']['crm'] {
  const show = (object: string, { id, ...fields }: CrmRecord): CrmRecord => ({
    ...Object.fromEntries(Object.entries(fields).filter(([field]) => !hidden.includes(`${object}.${field}`))),
    id,
  });
  return {
    ...crm,
    get: async (object, id) => {
      const found = hidden.includes(object) ? undefined : await crm.get(object, id);
      return found && show(object, found);
    },
    getMany: async (object, ids) => {
      const found = hidden.includes(object) ? [] : await crm.getMany(object, ids);
      return new Map([...found].map(([id, record]) => [id, show(object, record)]));
    },
    findBy: async (object, field, value, limit) =>
      hidden.includes(object) || hidden.includes(`${object}.${field}`)
        ? []
        : (await crm.findBy(object, field, value, limit)).map((record) => show(object, record)),
  };
}

/** Calls a door as the host does. */
export async function ask(
  who: string,
  path: string,
  { at, body, readsCases = true, hidden = [], mayChange = true, may = [] }: Asking,
): Promise<Reply> {
  const url = new URL(path, 'https://hub.example.com');
  const method = body === undefined ? 'GET' : 'POST';
  const common = {
    method,
    path: url.pathname,
    query: url.searchParams,
    headers: {},
    body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body ?? {})),
  };
  const { signal } = new AbortController();
  // The doors take more services than reading and writing mail needs.
  const context = at.context as unknown as Context;
  if (who === 'operator') {
    const route = mailRoutes.find((one) => one.path === url.pathname && one.method === method);
    return (await route?.handle(context, common, signal)) ?? { status: 404 };
  }
  const request: MemberRequest = {
    ...common,
    member: { id: who, name: who, email: 'member@example.com' },
    crm: { ...withoutHidden(at.context.crm, hidden), sees: async () => readsCases, mayChange: async () => mayChange },
    may: async (permission) => may.includes(permission) || (permission === 'mail.see-all' && who === ADMIN),
  };
  const route = mailRoutesForMembers.find((one) => one.path === url.pathname && one.method === method);
  return (await route?.handle(context, request, signal)) ?? { status: 404 };
}

/** The status of an answer, or the code of the error. */
export const outcome = async (asked: Promise<Reply>) =>
  await asked.then(
    ({ status = 200 }) => status,
    (error: { code?: string }) => error.code,
  );
