import { createDepartments, type Departments } from './departments.ts';
import * as seed from './seed.ts';
import type { Peer, Queue, RingGroup, Trunk, User } from './types.ts';
import { createUsers, type Users } from './users.ts';

/** Who and what has a number at the PBX. */
export type Directory = {
  readonly users: Users;
  readonly departments: Departments;
  readonly queues: readonly Queue[];
  readonly ringGroups: readonly RingGroup[];
  readonly trunks: readonly Trunk[];
  readonly peers: () => readonly Peer[];
  readonly peer: (number: string) => Peer | undefined;
  readonly nameOf: (number: string) => string;
};

/** @param further agents beside the demo's five */
export function createDirectory(further = 0): Directory {
  const fixed: readonly Peer[] = [
    ...seed.queues.map(({ Id, Number, Name }) => ({ Id, Number, Name, Type: 'Queue' as const })),
    ...seed.ringGroups.map(({ Id, Number, Name }) => ({ Id, Number, Name, Type: 'RingGroup' as const })),
    ...seed.trunks.map(({ Id, Number, name }) => ({ Id, Number, Name: name, Type: 'ExternalLine' as const })),
    { Id: 9, Number: seed.VOICEMAIL, Name: 'Voicemail', Type: 'SpecialMenu' },
  ];
  const fixedByNumber = new Map(fixed.map((one) => [one.Number, one]));
  const users = createUsers(seed.seedUsers(further), (number) => fixedByNumber.has(number));
  const departments = createDepartments(
    seed.groups,
    users.all().map(({ Number, PrimaryGroupId }) => ({ groupId: PrimaryGroupId, number: Number, role: 'users' })),
  );

  function peer(number: string): Peer | undefined {
    const user = users.byNumber(number);
    return user === undefined ? fixedByNumber.get(number) : peerOf(user);
  }

  return {
    users,
    departments,
    queues: seed.queues,
    ringGroups: seed.ringGroups,
    trunks: seed.trunks,
    peers: () => [...users.all().map(peerOf), ...fixed],
    peer,
    nameOf: (number) => peer(number)?.Name ?? '',
  };
}

function peerOf({ Id, Number, DisplayName }: User): Peer {
  return { Id, Number, Name: DisplayName, Type: 'Extension' };
}
