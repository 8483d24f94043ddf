import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import type { Group } from '../directory/types.ts';
import { membershipSchema, membershipView } from './memberships.ts';
import { badRequest, notFound } from './odata/errors.ts';
import { collection } from './numbers.ts';
import { queryEntities, shape } from './odata/query.ts';
import { type Asked, created, done, ok, type Operation } from './odata/router.ts';
import type { XapiParts } from './parts.ts';
import { defined, parse } from './odata/body.ts';

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
  return [...reading(directory), ...writing(directory)];
}

function reading(directory: Directory): Operation[] {
  const { departments } = directory;
  const view = (group: Group) => ({
    ...group,
    Members: departments.membersOf(group.Id).map((one) => membershipView(one, directory)),
    Rights: [{ RoleName: 'users' }, { RoleName: 'system_owners' }],
  });
  const listed = (name: 'Members' | 'Rights'): Operation => ({
    method: 'GET',
    path: `/Groups({Id})/${name}`,
    handle: (asked) => {
      const rows = view(groupOf(asked, directory))[name];
      return ok(queryEntities({ rows, navigations: [] }, asked.query, asked.url));
    },
  });

  return [
    collection('/Groups', () => departments.all().map(view), NAVIGATIONS),
    {
      method: 'GET',
      path: '/Groups({Id})',
      handle: (asked) => ok(shape(view(groupOf(asked, directory)), asked.query, NAVIGATIONS)),
    },
    listed('Members'),
    listed('Rights'),
  ];
}

function writing(directory: Directory): Operation[] {
  const { departments } = directory;
  return [
    {
      method: 'POST',
      path: '/Groups',
      handle({ body }) {
        const { Members, ...fields } = parse(writable, body);
        const members = membersOf(Members, directory);
        const group = departments.create(defined(fields));
        if (group === undefined) throw badRequest('WARNINGS.XAPI.DUPLICATE', 'Name');
        if (members !== undefined) departments.setMembers(group.Id, members);
        return created(group);
      },
    },
    {
      method: 'PATCH',
      path: '/Groups({Id})',
      handle(asked) {
        const group = groupOf(asked, directory);
        const { Members, Id: _id, ...fields } = parse(writable, asked.body);
        const members = membersOf(Members, directory);
        departments.change(group.Id, defined(fields));
        if (members !== undefined) departments.setMembers(group.Id, members);
        return done;
      },
    },
    {
      method: 'DELETE',
      path: '/Groups({Id})',
      handle(asked) {
        const { Id, IsDefault } = groupOf(asked, directory);
        if (IsDefault) throw badRequest('WARNINGS.XAPI.FORBIDDEN_CHANGE');
        departments.remove(Id);
        return done;
      },
    },
  ];
}

/** @throws ODataError 404 */
function groupOf({ args }: Asked, { departments }: Directory): Group {
  const group = departments.byId(Number(args['Id']));
  if (group === undefined) throw notFound();
  return group;
}

/** @throws ODataError 400 when somebody is no extension */
function membersOf(given: z.output<typeof writable>['Members'], { users }: Directory) {
  const members = given?.map((one) => ({ number: one.Number ?? '', role: one.Rights?.RoleName ?? 'users' }));
  if (members?.some(({ number }) => users.byNumber(number) === undefined) === true)
    throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'Members');
  return members;
}
