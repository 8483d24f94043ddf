import { ForbiddenError, NotFoundError } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import type { Executor } from '../store/database.ts';
import type { RoleNow } from './roles.ts';
import type { Roster } from './roster.ts';
import { setView } from './session-store.ts';
import type { SignedIn } from './sessions.ts';

/** As `crm.readerFor` takes it. */
export interface ReadingRole {
  readonly roleId: string;
  readonly rights: RoleNow['rights'];
}

/** "View as this role": the console as members of another role see it, without being able to change anything. */
export interface Views {
  /** @throws NotFoundError for another workspace's role; ForbiddenError for a role that may read more than the own one */
  readonly begin: (who: SignedIn, roleId: string) => Promise<void>;
  readonly end: (who: SignedIn) => Promise<void>;
  /** The role by whose rights the member reads now. A view that has come to show more than the own role may, ends. */
  readonly readingRole: (who: SignedIn) => Promise<ReadingRole>;
}

/** It ends by itself, so that nobody wonders the next day why nothing can be changed. */
const minutes = 30;

export function createViews(db: Executor, roster: Roster, crm: Pick<Crm, 'readerFor'>): Views {
  async function isCovered({ tenant, member }: SignedIn, role: RoleNow): Promise<boolean> {
    const viewOf = async (one: RoleNow) => await crm.readerFor(tenant.id, asReading(one)).view();
    return (await viewOf(member.role)).covers(await viewOf(role));
  }

  return {
    async begin(who, roleId) {
      const { sessionId, tenant } = who;
      const role = await roster.role(tenant.id, roleId);
      if (role === undefined) {
        throw new NotFoundError('There is no such role in this workspace', {
          field: 'body.roleId',
          remedy: 'Load the roles again.',
        });
      }
      if (!(await isCovered(who, role))) {
        throw new ForbiddenError(`The role "${role.label}" may read more in Twenty than your own`, {
          field: 'body.roleId',
          remedy: 'Ask somebody with the role Admin to look.',
        });
      }
      await setView(db, sessionId, { roleId, minutes });
    },
    end: async ({ sessionId }) => await setView(db, sessionId, undefined),
    async readingRole(who) {
      const { sessionId, member, viewing } = who;
      if (viewing === undefined) return asReading(member.role);
      if (await isCovered(who, viewing)) return asReading(viewing);
      await setView(db, sessionId, undefined);
      return asReading(member.role);
    },
  };
}

const asReading = ({ id, rights }: RoleNow): ReadingRole => ({ roleId: id, rights });
