import { z } from 'zod';
import { roles } from '../access/principals.ts';
import type { Directory } from '../directory/directory.ts';
import type { Membership } from '../directory/types.ts';

/** `Pbx.UserGroup`: the same entity seen from the extension and from the department. */

export const membershipSchema = z.object({
  GroupId: z.number().int().optional(),
  Number: z.string().optional(),
  Rights: z.object({ RoleName: z.enum(roles) }).optional(),
});

export function membershipView({ groupId, number, role }: Membership, { departments, users }: Directory) {
  const user = users.byNumber(number);
  return {
    Id: user?.Id ?? 0,
    GroupId: groupId,
    Number: number,
    MemberName: user?.DisplayName ?? '',
    Name: departments.byId(groupId)?.Name ?? '',
    Type: 'Extension',
    CanDelete: true,
    Rights: { RoleName: role },
  };
}
