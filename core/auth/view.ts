import { ForbiddenError, NotFoundError } from '../contract/index.ts';
import type { Crm } from '../crm/index.ts';
import type { Executor } from '../store/database.ts';
import type { Roster } from './roster.ts';
import { setView } from './session-store.ts';
import type { SignedIn } from './sessions.ts';

/** "View as this role": the console as members of another role see it, without being able to change anything. */
export interface Views {
  /** @throws NotFoundError for another workspace's role; ForbiddenError for a role that may read more than the own one */
  readonly begin: (who: SignedIn, roleId: string) => Promise<void>;
  readonly end: (who: SignedIn) => Promise<void>;
  /** By whose rights the member reads now. A view that has come to show more than the own role may, ends. */
  readonly readingRole: (who: SignedIn) => Promise<string>;
}

/** It ends by itself, so that nobody wonders the next day why nothing can be changed. */
const minutes = 30;

export function createViews(db: Executor, roster: Roster, crm: Pick<Crm, 'readerFor'>): Views {
  async function isCovered({ tenant, member }: SignedIn, roleId: string): Promise<boolean> {
    const viewOf = async (id: string) => await crm.readerFor(tenant.id, { roleId: id }).view();
    return (await viewOf(member.role.id)).covers(await viewOf(roleId));
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
      if (!(await isCovered(who, roleId))) {
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
      if (viewing === undefined) return member.role.id;
      if (await isCovered(who, viewing.id)) return viewing.id;
      await setView(db, sessionId, undefined);
      return member.role.id;
    },
  };
}
