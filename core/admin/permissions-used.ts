import { type AnyPlugin, type Permission, permissionNames } from '../contract/index.ts';

/** What the hub's own pages and doors ask for, whichever plugins there are. */
const ofHub: readonly Permission[] = [
  'data.export',
  'plugins.manage',
  'operations.see',
  'operations.manage',
  'audit.see',
  'security.manage',
  'permissions.manage',
];

/** The permissions that open something with these plugins. The others would be boxes to tick that change nothing. */
export function permissionsUsed(plugins: readonly Pick<AnyPlugin, 'routes' | 'memberRoutes'>[]): readonly Permission[] {
  const asked = plugins.flatMap(({ routes = [], memberRoutes = [] }) => [...routes, ...memberRoutes]);
  const used = new Set<Permission | undefined>([...ofHub, ...asked.map(({ permission }) => permission)]);
  return permissionNames.filter((name) => used.has(name));
}
