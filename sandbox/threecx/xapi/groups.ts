import { z } from 'zod';
import type { Group } from '../directory/types.ts';
import { membershipSchema, membershipView } from './memberships.ts';
import { badRequest, notFound } from './odata/errors.ts';
import { queryEntities, shape } from './odata/query.ts';
import { type Asked, created, done, ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { defined, parse } from './users.ts';

const writable = z.strictObject({
  Id: z.number().optional(),
  Name: z.string().min(1).max(255).optional(),
  Language: z.string().optional(),
  TimeZoneId: z.string().optional(),
  Members: z.array(membershipSchema).optional(),
});

const NAVIGATIONS = ['Members', 'Rights'];

/** Departments. */
export function groupOperations({ directory }: XapiParts): Operation[] {
  const { departments, users } = directory;

  const view = (group: Group) => ({
    ...group,
    Members: departments.membersOf(group.Id).map((one) => membershipView(one, directory)),
    Rights: [{ RoleName: 'users' }, { RoleName: 'system_owners' }],
  });

  const byId = ({ args }: Asked): Group => {
    const group = departments.byId(Number(args['Id']));
    if (group === undefined) throw notFound();
    return group;
  };

  function setMembers(group: Group, members: z.output<typeof writable>['Members']): void {
    if (members === undefined) return;
    const list = members.map((one) => ({ number: one.Number ?? '', role: one.Rights?.RoleName ?? 'users' }));
    if (list.some(({ number }) => users.byNumber(number) === undefined))
      throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'Members');
    departments.setMembers(group.Id, list);
  }

  const list = (path: string, rows: (group: ReturnType<typeof view>) => readonly object[]): Operation => ({
    method: 'GET',
    path,
    handle: (asked) =>
      ok(
        queryEntities(
          { rows: rows(view(byId(asked))) as Record<string, unknown>[], navigations: [] },
          asked.query,
          asked.url,
        ),
      ),
  });

  return [
    {
      method: 'GET',
      path: '/Groups',
      handle: ({ query, url }) =>
        ok(queryEntities({ rows: departments.all().map(view), navigations: NAVIGATIONS }, query, url)),
    },
    { method: 'GET', path: '/Groups({Id})', handle: (asked) => ok(shape(view(byId(asked)), asked.query, NAVIGATIONS)) },
    list('/Groups({Id})/Members', ({ Members }) => Members),
    list('/Groups({Id})/Rights', ({ Rights }) => Rights),
    {
      method: 'POST',
      path: '/Groups',
      handle({ body }) {
        const { Members, ...fields } = parse(writable, body);
        const group = departments.create(defined(fields));
        if (group === undefined) throw badRequest('WARNINGS.XAPI.DUPLICATE', 'Name');
        setMembers(group, Members);
        return created(group);
      },
    },
    {
      method: 'PATCH',
      path: '/Groups({Id})',
      handle(asked) {
        const group = byId(asked);
        const { Members, Id: _id, ...fields } = parse(writable, asked.body);
        departments.change(group.Id, defined(fields));
        setMembers(group, Members);
        return done;
      },
    },
    {
      method: 'DELETE',
      path: '/Groups({Id})',
      handle(asked) {
        const { Id, IsDefault } = byId(asked);
        if (IsDefault) throw badRequest('WARNINGS.XAPI.FORBIDDEN_CHANGE');
        departments.remove(Id);
        return done;
      },
    },
  ];
}
