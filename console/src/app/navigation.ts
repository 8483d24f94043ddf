import type { Permission } from '@switchboard/core/contract';
import {
  type Icon,
  IconActivityHeartbeat,
  IconAlertTriangle,
  IconArrowsLeftRight,
  IconFirstAidKit,
  IconHistory,
  IconListCheck,
  IconMail,
  IconPhone,
  IconPlug,
  IconShieldLock,
  IconSparkles,
  IconSunHigh,
  IconUsersGroup,
} from '@tabler/icons-react';

/** The menu. A member sees what the role may open; everybody the pages of plugins that the workspace has. */
export const navigation = [
  {
    group: 'desk',
    entries: [
      { to: '/$tenant/day', name: 'day', plugin: 'service-desk', icon: IconSunHigh },
      { to: '/$tenant/calls', name: 'calls', plugin: 'service-desk', icon: IconPhone },
      { to: '/$tenant/mail/sent', name: 'mail', plugin: 'mail', icon: IconMail },
      { to: '/$tenant/malfunctions', name: 'malfunctions', plugin: 'service-desk', icon: IconAlertTriangle },
    ],
  },
  {
    group: 'overview',
    entries: [
      { to: '/$tenant/status', name: 'status', icon: IconActivityHeartbeat, needs: 'operations.see' },
      { to: '/$tenant/stuck', name: 'stuck', icon: IconFirstAidKit, needs: 'operations.see' },
    ],
  },
  {
    group: 'work',
    entries: [
      { to: '/$tenant/plugins', name: 'plugins', icon: IconPlug, needs: 'plugins.manage' },
      { to: '/$tenant/ai', name: 'ai', icon: IconSparkles, needs: 'plugins.manage' },
      { to: '/$tenant/deliveries', name: 'deliveries', icon: IconArrowsLeftRight, needs: 'operations.see' },
      { to: '/$tenant/jobs', name: 'jobs', icon: IconListCheck, needs: 'operations.see' },
    ],
  },
  {
    group: 'people',
    entries: [
      { to: '/$tenant/roles', name: 'roles', icon: IconUsersGroup, needs: 'permissions.manage' },
      { to: '/$tenant/security', name: 'security', icon: IconShieldLock, needs: 'security.manage' },
      { to: '/$tenant/audit', name: 'audit', icon: IconHistory, needs: 'audit.see' },
    ],
  },
] as const satisfies readonly {
  readonly group: string;
  readonly entries: readonly {
    readonly to: string;
    readonly name: string;
    readonly icon: Icon;
    readonly needs?: Permission;
    /** The plugin whose page it is; everybody may open it. */
    readonly plugin?: string;
  }[];
}[];

/** Where a member begins: the first page of the menu that the role may open, and at the desk who administers nothing. */
export function firstPage(permissions: readonly Permission[]) {
  for (const { entries } of navigation) {
    for (const entry of entries) if ('needs' in entry && permissions.includes(entry.needs)) return entry.to;
  }
  return '/$tenant/day' as const;
}

/** What the role needs for a page, by the path of its route: pages below one of the menu need the same. */
export function permissionOf(path: string): Permission | undefined {
  for (const { entries } of navigation) {
    for (const entry of entries) {
      if ('needs' in entry && (path === entry.to || path.startsWith(`${entry.to}/`))) return entry.needs;
    }
  }
  return undefined;
}
