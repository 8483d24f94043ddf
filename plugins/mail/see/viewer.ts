import type { MemberRequest } from '@switchboard/core/contract';
import { livingCase } from '../file/case-state.ts';

/** Who looks at mail, and what that person may see. */
export type Viewer = {
  /** Undefined for an operator of the hub. */
  readonly memberId: string | undefined;
  readonly name: string;
  /** May see all mail: the role in Twenty reads the messages there. */
  readonly isAdmin: boolean;
  /** Whether the role reads cases at all. */
  readonly readsCases: boolean;
  readonly seesCase: (caseId: string) => Promise<boolean>;
};

/**
 * Twenty decides: its roles cannot show a member only the own messages, so agents may not read the object `caseMessage` there, and whoever may is an
 * administrator of mail here as well.
 */
export async function viewerOf({ member, crm }: MemberRequest): Promise<Viewer> {
  const [isAdmin, readsCases] = await Promise.all([
    crm.sees('caseMessage', 'subject'),
    crm.sees('serviceCase', 'subject'),
  ]);
  return {
    memberId: member.id,
    name: member.name || member.email,
    isAdmin,
    readsCases,
    seesCase: async (caseId) => readsCases && (await livingCase(crm, caseId)) !== undefined,
  };
}

export const operator: Viewer = {
  memberId: undefined,
  name: 'An operator',
  isAdmin: true,
  readsCases: true,
  seesCase: async () => true,
};
