import { callers, type CrmReader, type MemberRoute } from '@switchboard/core/contract';
import { nameOf } from '../cases/links.ts';
import { editable } from '../map.ts';
import { lockedOf } from '../rights.ts';
import type { Context } from '../services.ts';

const MOST_MEMBERS = 500;

/** What a case that is opened from a call begins with; a page leaves out what the role may not write. */
const draftedFields = [
  ...editable,
  'description',
  'channel',
  'contractId',
  'serviceLevel',
  'protocolId',
  'protocolVersion',
];

/** What the page needs to know of the member before the first call. */
export const deskRoutes: readonly MemberRoute<Context>[] = [
  {
    method: 'GET',
    path: '/desk',
    summary: 'The own extension, what the role may do at the desk, and the colleagues',
    async handle({ crm: all, capability }, { member, crm }) {
      const own = await all.get('workspaceMember', member.id);
      const [seesCalls, ...may] = await Promise.all([
        crm.sees('phoneCall', 'startedAt'),
        ...['serviceCase', 'phoneCall', 'person', 'location'].map((object) => crm.mayChange(object)),
      ]);
      const locked = await lockedOf(crm, 'serviceCase', draftedFields);
      const [openCases = false, fileCalls = false, makePeople = false, makeLocations = false] = may;
      return {
        body: {
          extension: typeof own?.['extension'] === 'string' ? own['extension'] : '',
          showsCalls: seesCalls && capability(callers) !== undefined,
          may: { openCases, fileCalls, makePeople, makeLocations },
          locked,
          members: await colleagues(crm),
        },
      };
    },
  },
];

async function colleagues(crm: CrmReader): Promise<{ id: string; name: string }[]> {
  const members = await crm.all('workspaceMember', { limit: MOST_MEMBERS });
  return members
    .map((record) => ({ id: record.id, name: nameOf(record) }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
}
