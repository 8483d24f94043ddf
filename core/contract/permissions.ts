/**
 * What a member may do in the hub, beside what the role in Twenty allows with records. Roles have permissions; administrators change which. A name
 * is kept for good: stored matrices and plugins use it.
 */
export const permissions = {
  'calls.make': 'Make, end and transfer calls from the own telephone',
  'recordings.listen': 'Listen to recordings of calls that the role may read in Twenty',
  'mail.see-all': 'See all sent mail, not only the own',
  'malfunctions.manage': 'Open, merge and close malfunctions',
  'protocols.edit': 'Edit protocols and call scripts',
  'data.import': 'Import records',
  'data.export': 'Export records',
  'plugins.manage': 'Enable, configure and pause plugins, and the connection to Twenty',
  'operations.see': 'See queues, deliveries, dead letters and the state of the mirror',
  'operations.manage': 'Run deliveries again, edit and discard what failed',
  'audit.see': 'See and verify the audit log and the change log of permissions',
  'security.manage': 'See who signed in, require two-factor authentication, end sessions',
  'permissions.manage': 'Change what roles may do in the hub, give members other roles, view as another role',
} as const;

export type Permission = keyof typeof permissions;

export const permissionNames = Object.keys(permissions) as readonly Permission[];
