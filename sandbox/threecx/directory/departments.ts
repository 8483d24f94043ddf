import type { Group, Membership } from './types.ts';

/** The departments of the PBX and who belongs to them. */
export type Departments = {
  readonly all: () => readonly Group[];
  readonly byId: (id: number) => Group | undefined;
  /** @returns undefined when the name is taken */
  readonly create: (fields: Partial<Group>) => Group | undefined;
  readonly change: (id: number, fields: Partial<Group>) => Group | undefined;
  readonly remove: (id: number) => boolean;
  readonly membersOf: (groupId: number) => readonly Membership[];
  readonly membershipsOf: (number: string) => readonly Membership[];
  /** Replaces the whole list, as PATCH does: who is not in it is out. */
  readonly setMembers: (groupId: number, members: readonly Omit<Membership, 'groupId'>[]) => void;
  readonly setMemberships: (number: string, groups: readonly Omit<Membership, 'number'>[]) => void;
};

export function createDepartments(initial: readonly Group[], initialMembers: readonly Membership[]): Departments {
  const held = new Map(initial.map((group) => [group.Id, group]));
  let members: readonly Membership[] = [...initialMembers];
  let lastId = Math.max(10, ...held.keys());

  return {
    all: () => [...held.values()],
    byId: (id) => held.get(id),
    create(fields) {
      if ([...held.values()].some(({ Name }) => Name === fields.Name)) return undefined;
      lastId += 1;
      const group = { ...blank(lastId), ...fields, Id: lastId };
      held.set(lastId, group);
      return group;
    },
    change(id, fields) {
      const group = held.get(id);
      if (group === undefined) return undefined;
      const changed = { ...group, ...fields };
      held.set(id, changed);
      return changed;
    },
    remove(id) {
      members = members.filter(({ groupId }) => groupId !== id);
      return held.delete(id);
    },
    membersOf: (groupId) => members.filter((one) => one.groupId === groupId),
    membershipsOf: (number) => members.filter((one) => one.number === number),
    setMembers(groupId, list) {
      members = [...members.filter((one) => one.groupId !== groupId), ...list.map((one) => ({ ...one, groupId }))];
    },
    setMemberships(number, list) {
      members = [...members.filter((one) => one.number !== number), ...list.map((one) => ({ ...one, number }))];
    },
  };
}

function blank(id: number): Group {
  return {
    Id: id,
    Name: '',
    Number: `GRP${String(id).padStart(4, '0')}`,
    IsDefault: false,
    Language: 'EN',
    TimeZoneId: '51',
    CurrentGroupHours: 'Default',
  };
}
