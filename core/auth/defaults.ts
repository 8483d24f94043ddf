import { type Permission, permissionNames } from '../contract/index.ts';

/** Universal identifiers of the roles that the Switchboard app installs, as in crm/manifest.json. Chosen once and kept. */
const appRoles = {
  agent: '5d8fbd72-cd60-5b0b-9c25-32c15bd789f4',
  teamLead: 'b7ab8739-c508-5856-8019-2dacce974db8',
  deskAdmin: '57055d14-ee54-54e7-af5b-d73eeeccb03f',
} as const;

/** What every member could do before there were permissions; taking it away is a decision of the workspace. */
const everybody: readonly Permission[] = ['calls.make', 'recordings.listen'];
const agent: readonly Permission[] = [...everybody, 'malfunctions.manage'];
const teamLead: readonly Permission[] = [...agent, 'mail.see-all', 'protocols.edit', 'data.export', 'operations.see'];
/** Who looks after the desk need not be who decides about people. */
const deskAdmin = permissionNames.filter((name) => name !== 'permissions.manage' && name !== 'security.manage');

const byKey: Readonly<Record<string, readonly Permission[]>> = {
  [appRoles.agent]: agent,
  [appRoles.teamLead]: teamLead,
  [appRoles.deskAdmin]: deskAdmin,
};

export interface KnownRole {
  readonly key: string;
  /** Twenty's own role Admin: it may everything, whatever is stored, so that no workspace locks itself out. */
  readonly isAdmin: boolean;
}

export function defaultsOf({ key, isAdmin }: KnownRole): readonly Permission[] {
  return isAdmin ? permissionNames : (byKey[key] ?? everybody);
}

/** @param changed what was decided otherwise, by permission; names that do not exist any more are ignored */
export function permissionsOf(role: KnownRole, changed: Readonly<Record<string, boolean>>): ReadonlySet<Permission> {
  const usual = defaultsOf(role);
  if (role.isAdmin) return new Set(usual);
  return new Set(permissionNames.filter((name) => changed[name] ?? usual.includes(name)));
}
