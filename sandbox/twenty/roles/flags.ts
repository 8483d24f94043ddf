/** Settings and tools a role may be granted one by one (PermissionFlagType). */
export const PERMISSION_FLAGS = [
  'API_KEYS_AND_WEBHOOKS',
  'WORKSPACE',
  'WORKSPACE_MEMBERS',
  'ROLES',
  'DATA_MODEL',
  'SECURITY',
  'WORKFLOWS',
  'IMPERSONATE',
  'SSO_BYPASS',
  'APPLICATIONS',
  'MARKETPLACE_APPS',
  'LAYOUTS',
  'BILLING',
  'AI_SETTINGS',
  'AI',
  'VIEWS',
  'UPLOAD_FILE',
  'DOWNLOAD_FILE',
  'SEND_EMAIL_TOOL',
  'CREATE_CALENDAR_EVENT_TOOL',
  'HTTP_REQUEST_TOOL',
  'CODE_INTERPRETER_TOOL',
  'IMPORT_CSV',
  'EXPORT_CSV',
  'CONNECTED_ACCOUNTS',
  'PROFILE_INFORMATION',
] as const;

export type PermissionFlag = (typeof PERMISSION_FLAGS)[number];

const FIRST_TOOL = PERMISSION_FLAGS.indexOf('AI');

/** Tools are granted as a whole by `canAccessAllTools`, everything else by `canUpdateAllSettings`. */
export function isTool(flag: PermissionFlag): boolean {
  return PERMISSION_FLAGS.indexOf(flag) >= FIRST_TOOL;
}
