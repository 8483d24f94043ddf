import { extensions } from '../pbx/extensions.ts';
import type { Group, Queue, RingGroup, Trunk, User } from './types.ts';

/** A PBX with the agents of the demo company and, for load, any number of further ones. */

export const TRUNK = '10007';
export const VOICEMAIL = '999';
export const DEFAULT_QUEUE = '800';
export const DEFAULT_RING_GROUP = '810';
/** The number of the company that callers dial. */
export const MAIN_DID = '+442079460000';
const SERVICE_DESK = 12;
const SUPPORT_DID = '+442079460080';

export const groups: readonly Group[] = [
  group({ Id: 11, Name: 'DEFAULT', Number: 'GRP0000', IsDefault: true }),
  group({ Id: SERVICE_DESK, Name: 'Service desk', Number: 'GRP0001', IsDefault: false }),
];

function group(own: Pick<Group, 'Id' | 'Name' | 'Number' | 'IsDefault'>): Group {
  return { ...own, Language: 'EN', TimeZoneId: '51', CurrentGroupHours: 'Default' };
}

/** @param further agents beside the five, numbered from 1001 on */
export function seedUsers(further: number): Partial<User>[] {
  const known = extensions.map(({ number, firstName, lastName, email }) => agent(number, firstName, lastName, email));
  const others = Array.from({ length: further }, (_, index) => {
    const number = String(1001 + index);
    return agent(number, 'Agent', number, `agent.${number}@example.com`);
  });
  return [...known, ...others];
}

function agent(Number: string, FirstName: string, LastName: string, EmailAddress: string): Partial<User> {
  return { Number, FirstName, LastName, EmailAddress, IsRegistered: true, PrimaryGroupId: SERVICE_DESK };
}

export const queues: readonly Queue[] = [
  {
    Id: 51,
    Number: DEFAULT_QUEUE,
    Name: 'Service desk',
    IsRegistered: true,
    PollingStrategy: 'RingAll',
    RingTimeout: 20,
    MasterTimeout: 300,
    MaxCallersInQueue: 20,
    SLATime: 30,
    WrapUpTime: 10,
    CallbackEnableTime: 60,
    Recording: 'AllowToOptOut',
    TranscriptionMode: 'Inherit',
    agents: extensions.map(({ number }) => number),
  },
];

export const ringGroups: readonly RingGroup[] = [
  {
    Id: 61,
    Number: DEFAULT_RING_GROUP,
    Name: 'Office',
    IsRegistered: true,
    RingStrategy: 'RingAll',
    RingTime: 20,
    TranscriptionMode: 'Inherit',
    members: extensions.slice(0, 3).map(({ number }) => number),
  },
];

export const trunks: readonly Trunk[] = [
  {
    Id: 7,
    Number: TRUNK,
    name: 'SIP trunk',
    ExternalNumber: MAIN_DID,
    DidNumbers: [MAIN_DID, SUPPORT_DID],
    IsOnline: true,
    SimultaneousCalls: 30,
  },
];
