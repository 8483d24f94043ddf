import { z } from 'zod';
import type { Directory } from '../directory/directory.ts';
import type { User } from '../directory/types.ts';
import { profilesOf } from '../directory/users.ts';
import { membershipSchema, membershipView } from './memberships.ts';
import { defined, parse } from './odata/body.ts';
import { badRequest, notFound } from './odata/errors.ts';
import type { Asked } from './odata/router.ts';
import type { XapiParts } from './parts.ts';

/** Extensions as XAPI shows and changes them. */

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

export type UserAccess = {
  /** Without the entities that are shown only when they are expanded. */
  readonly own: (user: User) => Record<string, unknown>;
  readonly view: (user: User) => Record<string, unknown>;
  readonly groups: (user: User) => ReturnType<typeof membershipView>[];
  /** @throws ODataError 404 */
  readonly byId: (asked: Asked) => User;
  /** @throws ODataError 400; then nobody is made */
  readonly create: (body: unknown) => User;
  /** @throws ODataError 400; then nothing is changed */
  readonly change: (user: User, body: unknown) => void;
  readonly remove: (user: User) => void;
};

export function createUserAccess({ directory, settings }: Pick<XapiParts, 'directory' | 'settings'>): UserAccess {
  const { users, departments } = directory;

  function own({ ForbidRecording, ...user }: User) {
    return { ...user, ...(settings.since(10) ? { ForbidRecording } : {}) };
  }

  const groups = (user: User) => departments.membershipsOf(user.Number).map((one) => membershipView(one, directory));

  return {
    own,
    groups,
    view: (user: User) => ({
      ...own(user),
      Groups: groups(user),
      ForwardingProfiles: profilesOf(user),
      Phones: [],
      Greetings: [],
    }),
    byId({ args }) {
      const user = users.byId(Number(args['Id']));
      if (user === undefined) throw notFound();
      return user;
    },
    create(body) {
      const { Groups, ...fields } = parse(writable, body ?? {});
      const wanted = groupsOf(Groups, directory);
      const user = users.create(defined(fields));
      if (user === undefined) throw badRequest('WARNINGS.XAPI.ALREADY_IN_USE', 'Number');
      departments.setMemberships(user.Number, wanted ?? [{ groupId: user.PrimaryGroupId, role: 'users' }]);
      return user;
    },
    change(user, body) {
      const { Groups, ...fields } = parse(writable, body);
      assertPossible(user, fields, directory);
      const wanted = groupsOf(Groups, directory);
      users.change(user.Id, defined(fields));
      if (wanted !== undefined) departments.setMemberships(user.Number, wanted);
    },
    remove({ Id, Number: number }) {
      users.remove(Id);
      departments.setMemberships(number, []);
    },
  };
}

function groupsOf(given: Written['Groups'], { departments }: Directory) {
  const groups = given?.map(({ GroupId = 0, Rights }) => ({ groupId: GroupId, role: Rights?.RoleName ?? 'users' }));
  if (groups?.some(({ groupId }) => departments.byId(groupId) === undefined) === true)
    throw badRequest('WARNINGS.XAPI.NOT_FOUND', 'Groups');
  return groups;
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
