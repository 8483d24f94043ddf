import { defineApplicationRole, SystemPermissionFlag } from 'twenty-sdk/define';

import { identifierOf } from '../kit/identifiers.ts';

/** What the hub may do with the application's own token: write everything, remove nothing. */
export default defineApplicationRole({
  universalIdentifier: identifierOf('role', 'application'),
  label: 'Switchboard hub',
  description: 'The hub itself: reads and updates all records, deletes none',
  icon: 'IconPlugConnected',
  canReadAllObjectRecords: true,
  canUpdateAllObjectRecords: true,
  canSoftDeleteAllObjectRecords: false,
  canDestroyAllObjectRecords: false,
  canBeAssignedToUsers: false,
  canBeAssignedToAgents: false,
  canBeAssignedToApiKeys: false,
  permissionFlagUniversalIdentifiers: [SystemPermissionFlag.UPLOAD_FILE, SystemPermissionFlag.DOWNLOAD_FILE],
});
