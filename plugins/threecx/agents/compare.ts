import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Config } from '../config.ts';

/** A user of 3CX. Passwords come along with whole users, so only this is ever asked for. */
export type PbxUser = {
  readonly id: number;
  readonly extension: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower-cased. */
  readonly email: string;
  /** Its presence: the name of a forwarding profile. */
  readonly profile: string;
};

export type CrmMember = {
  readonly id: string;
  readonly extension: string;
  readonly firstName: string;
  readonly lastName: string;
  /** Lower-cased. */
  readonly email: string;
};

const difference = z.object({
  field: z.enum(['firstName', 'lastName', 'email', 'extension']),
  crm: z.string(),
  threecx: z.string(),
  /** Which side is to be changed: the one that does not win. */
  change: z.enum(['threecx', 'crm']),
});

const pair = z.object({
  memberId: z.uuid(),
  userId: z.number(),
  extension: z.string(),
  name: z.string(),
  by: z.enum(['email', 'extension']),
  profile: z.string(),
  differences: z.array(difference),
});

/** `key` names somebody for as long as the comparison counts: the id of a member, or of a user of 3CX. */
const someone = z.object({ key: z.string(), name: z.string(), email: z.string(), extension: z.string() });

/** Who is the same person in 3CX and in the CRM, and in what the two sides differ. Comparing creates and deletes nobody. */
export const comparison = z.object({
  /** The same differences have the same id. */
  id: z.string(),
  pairs: z.array(pair),
  onlyInThreecx: z.array(someone),
  onlyInCrm: z.array(someone),
  /** Several have the same address or extension, so nothing is said of them. */
  unclear: z.array(someone),
});

export type Comparison = z.output<typeof comparison>;
export type Difference = z.output<typeof difference>;
export type Pair = z.output<typeof pair>;

export type Owners = Pick<Config, 'agentNames' | 'agentEmails'>;

/** By address, and who is left by extension. An address or extension that two have on one side pairs nobody. */
export function compare(users: readonly PbxUser[], members: readonly CrmMember[], owners: Owners): Comparison {
  const byEmail = match(users, members, ({ email }) => email);
  const leftUsers = users.filter((user) => !byEmail.some(([paired]) => paired === user));
  const leftMembers = members.filter((member) => !byEmail.some(([, paired]) => paired === member));
  // Whose address is somebody else's is not that member, whatever the extension says.
  const byExtension = match(leftUsers, leftMembers, ({ extension }) => extension);
  const pairs = [
    ...byEmail.map(([user, member]) => pairOf(user, member, 'email', owners)),
    ...byExtension.map(([user, member]) => pairOf(user, member, 'extension', owners)),
  ].toSorted((one, other) => (one.extension < other.extension ? -1 : 1));
  const paired = new Set<PbxUser | CrmMember>([...byEmail, ...byExtension].flat());
  const isUnclear = (one: PbxUser | CrmMember) => isTwice(users, one) || isTwice(members, one);
  const [lostUsers, lostMembers] = [users.filter((one) => !paired.has(one)), members.filter((one) => !paired.has(one))];
  return {
    id: createHash('sha256')
      .update(JSON.stringify(pairs.map(changesOf)))
      .digest('hex')
      .slice(0, 16),
    pairs,
    onlyInThreecx: lostUsers.filter((one) => !isUnclear(one)).map(describe),
    onlyInCrm: lostMembers.filter((one) => !isUnclear(one)).map(describe),
    unclear: [...lostUsers, ...lostMembers].filter(isUnclear).map(describe),
  };
}

/** Presence changes all day and is no difference. */
function changesOf({ memberId, userId, differences }: Pair): object {
  return { memberId, userId, differences };
}

function match(
  users: readonly PbxUser[],
  members: readonly CrmMember[],
  key: (one: PbxUser | CrmMember) => string,
): [PbxUser, CrmMember][] {
  const usersByKey = Map.groupBy(users, key);
  return [...Map.groupBy(members, key)].flatMap(([value, [member, ...others]]) => {
    const [user, ...more] = usersByKey.get(value) ?? [];
    const isClear = value !== '' && others.length === 0 && more.length === 0;
    return isClear && user !== undefined && member !== undefined ? [[user, member]] : [];
  });
}

function isTwice(side: readonly (PbxUser | CrmMember)[], one: PbxUser | CrmMember): boolean {
  const shares = (other: PbxUser | CrmMember) =>
    (one.email !== '' && other.email === one.email) || (one.extension !== '' && other.extension === one.extension);
  return side.filter(shares).length > 1;
}

function pairOf(user: PbxUser, member: CrmMember, by: Pair['by'], { agentNames, agentEmails }: Owners): Pair {
  const differences: Difference[] = [];
  const note = (field: Difference['field'], winner: 'crm' | '3cx' | 'neither') => {
    const [crm, threecx] = [member[field], user[field]];
    const right = winner === 'crm' ? crm : threecx;
    // What is empty on the side that wins is not known there; it empties nothing.
    if (winner === 'neither' || crm === threecx || right === '') return;
    differences.push({ field, crm, threecx, change: winner === 'crm' ? 'threecx' : 'crm' });
  };
  note('firstName', agentNames);
  note('lastName', agentNames);
  note('email', agentEmails);
  // The number of a user in 3CX never changes.
  note('extension', '3cx');
  const name = describe(member).name || describe(user).name;
  return {
    memberId: member.id,
    userId: user.id,
    extension: user.extension,
    name,
    by,
    profile: user.profile,
    differences,
  };
}

function describe({ id, firstName, lastName, email, extension }: PbxUser | CrmMember) {
  return { key: String(id), name: `${firstName} ${lastName}`.trim(), email, extension };
}
