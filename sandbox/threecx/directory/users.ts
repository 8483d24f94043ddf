import { randomBytes } from 'node:crypto';
import type { ForwardingProfile, User } from './types.ts';

/** The extensions of the PBX. */
export type Users = {
  readonly all: () => readonly User[];
  readonly byId: (id: number) => User | undefined;
  readonly byNumber: (number: string) => User | undefined;
  /** @returns undefined when the number is taken; without a number the PBX picks one */
  readonly create: (fields: Partial<User>) => User | undefined;
  readonly change: (id: number, fields: Partial<User>) => User | undefined;
  readonly remove: (id: number) => boolean;
  readonly nextNumber: () => string;
};

/** The stock set; the middle two are what `Custom1Name` and `Custom2Name` rename. */
const profileNames = ['Available', 'Away', 'Out of office', 'Custom 1', 'Custom 2'] as const;

/** @param isTaken whether something else of the PBX has the number */
export function createUsers(initial: readonly Partial<User>[], isTaken: (number: string) => boolean): Users {
  const held = new Map<number, User>();
  const numbers = new Map<string, number>();
  let lastId = 30;

  function nextNumber(): string {
    let number = 100;
    while (numbers.has(String(number)) || isTaken(String(number))) number += 1;
    return String(number);
  }

  function create(fields: Partial<User>): User | undefined {
    const number = fields.Number ?? nextNumber();
    if (numbers.has(number) || isTaken(number)) return undefined;
    lastId += 1;
    const user = named({ ...blank(), ...fields, Id: lastId, Number: number });
    held.set(user.Id, user);
    numbers.set(number, user.Id);
    return user;
  }

  for (const one of initial) create(one);

  return {
    all: () => [...held.values()],
    byId: (id) => held.get(id),
    byNumber: (number) => held.get(numbers.get(number) ?? -1),
    create,
    change(id, fields) {
      const user = held.get(id);
      if (user === undefined) return undefined;
      const changed = named({ ...user, ...fields });
      held.set(id, changed);
      return changed;
    },
    remove(id) {
      numbers.delete(held.get(id)?.Number ?? '');
      return held.delete(id);
    },
    nextNumber,
  };
}

export function profilesOf({ Id }: User): ForwardingProfile[] {
  return profileNames.map((Name, index) => ({
    Id: Id * 10 + index,
    Name,
    CustomName: '',
    NoAnswerTimeout: 20,
  }));
}

function named(user: User): User {
  return { ...user, DisplayName: `${user.FirstName} ${user.LastName}`.trim() };
}

function blank(): Omit<User, 'Id' | 'Number' | 'DisplayName'> & { DisplayName: string } {
  return {
    FirstName: '',
    LastName: '',
    DisplayName: '',
    EmailAddress: '',
    Mobile: '',
    Enabled: true,
    IsRegistered: false,
    CurrentProfileName: 'Available',
    QueueStatus: 'LoggedIn',
    OutboundCallerID: '',
    RecordCalls: true,
    RecordExternalCallsOnly: false,
    ForbidRecording: false,
    TranscriptionMode: 'Inherit',
    PrimaryGroupId: 11,
    Language: 'EN',
    Tags: [],
    AIAgent: false,
    AuthID: secret(),
    AuthPassword: secret(),
    VMPIN: '4711',
    AccessPassword: secret(),
    DeskphonePassword: secret(),
  };
}

function secret(): string {
  return `secret-${randomBytes(6).toString('hex')}`;
}
