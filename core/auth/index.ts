import type { Kysely } from 'kysely';
import type { AuditLog } from '../audit/index.ts';
import type { Logger } from '../contract/index.ts';
import type { AsMember, Crm } from '../crm/index.ts';
import type { Secrets } from '../secrets/index.ts';
import type { Tables } from '../store/tables.ts';
import type { CrmConnections, Tenants } from '../tenants/index.ts';
import { createHistory, type History } from './history.ts';
import { createLockout } from './lockout.ts';
import { createMatrices, type Matrices } from './matrix.ts';
import { createMemberSessions, type MemberSessions } from './member-sessions.ts';
import { createPolicies, type Policies } from './policy.ts';
import { createRegistrations } from './registrations.ts';
import { createRoster, type Roster } from './roster.ts';
import type { SessionTimes } from './session-store.ts';
import { createSessions, type Sessions } from './sessions.ts';
import { createSetup, type Setup } from './setup.ts';
import { createSignIn, type SignIn } from './sign-in.ts';
import { createViews, type Views } from './view.ts';

/** Who may do what: signing in, sessions, roles. */
export interface Auth {
  readonly signIn: SignIn;
  readonly sessions: Sessions;
  readonly memberSessions: MemberSessions;
  readonly setup: Setup;
  readonly roster: Roster;
  readonly matrices: Matrices;
  readonly policies: Policies;
  readonly history: History;
  readonly views: Views;
  readonly workspaceDoor: AsMember['workspaceDoor'];
  /** What a role may read in Twenty: by object all fields, or these. */
  readonly readable: (tenantId: string, roleId: string) => Promise<Readonly<Record<string, 'all' | readonly string[]>>>;
}

export interface AuthDeps {
  readonly db: Kysely<Tables>;
  readonly crm: AsMember & Pick<Crm, 'readerFor'>;
  readonly tenants: Tenants;
  readonly connections: CrmConnections;
  readonly secrets: Secrets;
  readonly audit: AuditLog;
  readonly times: SessionTimes;
  readonly publicUrl: string;
  readonly log: Logger;
  readonly fetch?: typeof globalThis.fetch;
}

export function createAuth(deps: AuthDeps): Auth {
  const { db, crm, audit, times, log, fetch = globalThis.fetch } = deps;
  const roster = createRoster(db, crm, log);
  const policies = createPolicies(db, crm, audit);
  const history = createHistory(db);
  const lockout = createLockout(db);
  const registrations = createRegistrations({ ...deps, fetch });
  return {
    signIn: createSignIn({ ...deps, fetch, registrations, roster, policies, history, lockout }),
    sessions: createSessions({ db, roster, times, log }),
    memberSessions: createMemberSessions(db, audit, times),
    setup: createSetup({ ...deps, lockout }),
    roster,
    matrices: createMatrices(db, audit),
    policies,
    history,
    views: createViews(db, roster, crm),
    workspaceDoor: crm.workspaceDoor,
    readable: async (tenantId, roleId) => {
      const { readable, fieldsOf } = await crm.readerFor(tenantId, { roleId }).view();
      return Object.fromEntries(readable.map((object) => [object, fieldsOf(object) ?? []]));
    },
  };
}
