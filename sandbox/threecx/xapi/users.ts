import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import { type User } from '../directory/types.ts';
import { profilesOf } from '../directory/users.ts';
import { badRequest, notFound } from './odata/errors.ts';
import { queryEntities, shape } from './odata/query.ts';
import { type Asked, created, done, ok, type Operation, type Reply } from './odata/router.ts';
import { membershipSchema, membershipView } from './memberships.ts';
import type { XapiParts } from './parts.ts';

/** Only what the stand-in knows can be written; like the real one it refuses a property that there is not. */
const writable = z.strictObject({
  Id: z.number().optional(),
  Number: z.string().optional(),
  FirstName: z.string().max(255).optional(),
  LastName: z.string().max(255).optional(),
  EmailAddress: z.string().max(255).optional(),
  Mobile: z.string().max(255).optional(),
  Enabled: z.boolean().optional(),
  CurrentProfileName: z.string().optional(),
  QueueStatus: z.enum(['LoggedIn', 'LoggedOut']).optional(),
  OutboundCallerID: z.string().max(255).optional(),
  RecordCalls: z.boolean().optional(),
  RecordExternalCallsOnly: z.boolean().optional(),
  ForbidRecording: z.boolean().optional(),
  TranscriptionMode: z.enum(['Nothing', 'Voicemail', 'Recordings', 'Both', 'Inherit']).optional(),
  PrimaryGroupId: z.number().int().optional(),
  Language: z.string().optional(),
  Groups: z.array(membershipSchema).optional(),
});

type Written = z.output<typeof writable>;

const NAVIGATIONS = ['Groups', 'ForwardingProfiles', 'Phones', 'Greetings'];

export function userOperations({ directory, settings }: XapiParts): Operation[] {
  const { users, departments } = directory;

  function view(known: User) {
    const { ForbidRecording, ...user } = known;
    return {
      ...user,
      ...(settings.since(10) ? { ForbidRecording } : {}),
      Groups: departments.membershipsOf(user.Number).map((member) => membershipView(member, directory)),
      ForwardingProfiles: profilesOf(known),
      Phones: [],
      Greetings: [],
    };
  }

  function one(user: User | undefined, { query }: Asked): Reply {
    if (user === undefined) throw notFound();
    return ok(shape(view(user), query, NAVIGATIONS));
  }

  const byId = ({ args }: Asked): User => {
    const user = users.byId(Number(args['Id']));
    if (user === undefined) throw notFound();
    return user;
  };

  function write(user: User, { Groups, ...fields }: Written): void {
    assertPossible(user, fields, directory);
    users.change(user.Id, defined(fields));
    if (Groups === undefined) return;
    const groups = Groups.map(({ GroupId = 0, Rights }) => ({ groupId: GroupId, role: Rights?.RoleName ?? 'users' }));
    if (groups.some(({ groupId }) => departments.byId(groupId) === undefined))
      throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'Groups');
    departments.setMemberships(user.Number, groups);
  }

  function remove({ Id, Number: number }: User): void {
    users.remove(Id);
    departments.setMemberships(number, []);
  }

  const byNumber = {
    method: 'GET',
    handle: (asked: Asked) => one(users.byNumber(String(asked.args['number'] ?? asked.args['Number'])), asked),
  } as const;

  return [
    {
      method: 'GET',
      path: '/Users',
      handle: ({ query, url }) =>
        ok(queryEntities({ rows: users.all().map((user) => view(user)), navigations: NAVIGATIONS }, query, url)),
    },
    { method: 'GET', path: '/Users({Id})', handle: (asked) => one(byId(asked), asked) },
    { ...byNumber, path: '/Users(Number={Number})', since: 8 },
    { ...byNumber, path: '/Users/Pbx.GetByNumber(number={number})', before: 8 },
    {
      method: 'GET',
      path: '/Users({Id})/ForwardingProfiles',
      handle: (asked) => ok(queryEntities({ rows: profilesOf(byId(asked)), navigations: [] }, asked.query, asked.url)),
    },
    {
      method: 'GET',
      path: '/Users({Id})/Groups',
      handle: (asked) => ok(queryEntities({ rows: view(byId(asked)).Groups, navigations: [] }, asked.query, asked.url)),
    },
    {
      method: 'POST',
      path: '/Users',
      handle({ body }) {
        const { Groups, ...fields } = parse(writable, body ?? {});
        const user = users.create(defined(fields));
        if (user === undefined) throw badRequest('WARNINGS.XAPI.ALREADY_IN_USE', 'Number');
        departments.setMemberships(user.Number, [{ groupId: user.PrimaryGroupId, role: 'users' }]);
        if (Groups !== undefined) write(user, { Groups });
        const {
          Groups: _groups,
          ForwardingProfiles: _profiles,
          Phones: _phones,
          Greetings: _greetings,
          ...entity
        } = view(user);
        return created(entity);
      },
    },
    {
      method: 'PATCH',
      path: '/Users({Id})',
      handle(asked) {
        write(byId(asked), parse(writable, asked.body));
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
    {
      method: 'POST',
      path: '/Users/Pbx.BatchDelete',
      handle({ body }) {
        const { ids } = parse(idList, body);
        const known = ids.map((id) => ({ id, user: users.byId(id) }));
        for (const { user } of known) if (user !== undefined) remove(user);
        const missing = known.filter(({ user }) => user === undefined);
        return ok({
          value: missing.map(({ id }) => ({ ExtensionNumber: String(id), Error: 'WARNINGS.XAPI.NOT_FOUND' })),
        });
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

export const idList = z.object({ ids: z.array(z.number().int()) });

/** @throws ODataError 400 */
export function parse<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const read = schema.safeParse(body);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw badRequest(issue?.message ?? 'The body is not valid.', issue?.path.join('.') || null);
}

function assertPossible(user: User, fields: Omit<Written, 'Groups'>, { departments }: Directory): void {
  if (fields.Number !== undefined && fields.Number !== user.Number)
    throw badRequest('WARNINGS.XAPI.FORBIDDEN_CHANGE', 'Number');
  if (fields.Id !== undefined && fields.Id !== user.Id) throw badRequest('WARNINGS.XAPI.FORBIDDEN_CHANGE', 'Id');
  const profile = fields.CurrentProfileName;
  if (profile !== undefined && !profilesOf(user).some(({ Name }) => Name === profile))
    throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'CurrentProfileName');
  const group = fields.PrimaryGroupId;
  if (group !== undefined && departments.byId(group) === undefined)
    throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'PrimaryGroupId');
}

type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without what was not sent. */
export function defined<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>;
}
