import { z } from 'zod';
import type { User } from '../directory/types.ts';
import { profilesOf } from '../directory/users.ts';
import { collection } from './numbers.ts';
import { idList, parse } from './odata/body.ts';
import { notFound } from './odata/errors.ts';
import { queryEntities, shape } from './odata/query.ts';
import { type Asked, created, done, ok, type Operation, type Reply } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { createUserAccess, type UserAccess } from './user-access.ts';

const NAVIGATIONS = ['Groups', 'ForwardingProfiles', 'Phones', 'Greetings'];

type Users = XapiParts['directory']['users'];

export function userOperations(parts: XapiParts): Operation[] {
  const access = createUserAccess(parts);
  const { users } = parts.directory;
  return [...reading(access, users), ...writing(access), ...inBulk(access, users)];
}

function reading({ view, groups, byId }: UserAccess, users: Users): Operation[] {
  function one(user: User | undefined, { query }: Asked): Reply {
    if (user === undefined) throw notFound();
    return ok(shape(view(user), query, NAVIGATIONS));
  }
  const byNumber = {
    method: 'GET',
    handle: (asked: Asked) => one(users.byNumber(String(asked.args['number'] ?? asked.args['Number'])), asked),
  } as const;
  const listed = (path: string, rows: (user: User) => readonly Record<string, unknown>[]): Operation => ({
    method: 'GET',
    path,
    handle: (asked) => ok(queryEntities({ rows: rows(byId(asked)), navigations: [] }, asked.query, asked.url)),
  });

  return [
    collection('/Users', () => users.all().map(view), NAVIGATIONS),
    { method: 'GET', path: '/Users({Id})', handle: (asked) => one(byId(asked), asked) },
    { ...byNumber, path: '/Users(Number={Number})', since: 8 },
    { ...byNumber, path: '/Users/Pbx.GetByNumber(number={number})', before: 8 },
    listed('/Users({Id})/ForwardingProfiles', profilesOf),
    listed('/Users({Id})/Groups', groups),
  ];
}

function writing({ own, byId, create, change, remove }: UserAccess): Operation[] {
  return [
    { method: 'POST', path: '/Users', handle: ({ body }) => created(own(create(body))) },
    {
      method: 'PATCH',
      path: '/Users({Id})',
      handle(asked) {
        change(byId(asked), asked.body);
        return done;
      },
    },
    {
      method: 'DELETE',
      path: '/Users({Id})',
      handle(asked) {
        remove(byId(asked));
        return done;
      },
    },
  ];
}

function inBulk({ remove }: UserAccess, users: Users): Operation[] {
  return [
    {
      method: 'POST',
      path: '/Users/Pbx.BatchDelete',
      handle({ body }) {
        const { ids } = parse(idList, body);
        const known = ids.map((id) => ({ id, user: users.byId(id) }));
        for (const { user } of known) if (user !== undefined) remove(user);
        const missing = known.filter(({ user }) => user === undefined);
        const Error = 'WARNINGS.XAPI.NOT_FOUND';
        return ok({ value: missing.map(({ id }) => ({ ExtensionNumber: String(id), Error })) });
      },
    },
    {
      method: 'GET',
      path: '/Users/Pbx.GetFirstAvailableExtensionNumber()',
      handle: () => ok({ Number: users.nextNumber() }),
    },
    {
      method: 'POST',
      path: '/Users/Pbx.GetDuplicatedEmails',
      handle({ body }) {
        const { emails } = parse(z.object({ emails: z.array(z.string()) }), body);
        const taken = new Set(users.all().map(({ EmailAddress }) => EmailAddress.toLowerCase()));
        return ok({ value: emails.filter((email) => taken.has(email.toLowerCase())) });
      },
    },
  ];
}
