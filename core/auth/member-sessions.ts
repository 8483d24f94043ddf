import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Tables } from '../store/tables.ts';
import { endSessionsOf, listSessions, type SessionLine, type SessionTimes } from './session-store.ts';

/** The sessions of a member, as the member and whoever looks after security see and end them. */
export interface MemberSessions {
  readonly list: (tenantId: string, memberId: string) => Promise<SessionLine[]>;
  /** @param only one of them; without it all, in every browser. @returns how many ended */
  readonly end: (tenantId: string, memberId: string, actor: string, only?: { readonly id: string }) => Promise<number>;
}

export function createMemberSessions(db: Kysely<Tables>, audit: AuditLog, times: SessionTimes): MemberSessions {
  return {
    list: (tenantId, memberId) => listSessions(db, tenantId, memberId, times),
    end: async (tenantId, memberId, actor, only) =>
      await db.transaction().execute(async (transaction) => {
        const count = await endSessionsOf(transaction, tenantId, memberId, only);
        const entry = { tenantId, actor, action: 'session.end', subject: `member/${memberId}`, details: { count } };
        if (count > 0) await audit.append(transaction, entry);
        return count;
      }),
  };
}
