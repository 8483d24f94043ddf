import type { CrmReader, MemberRequest } from '@switchboard/core/contract';
import { livingCase } from '../file/case-state.ts';

/** Who looks at mail, and what that person may see. */
export type Viewer = {
  /** Undefined for an operator of the hub. */
  readonly memberId: string | undefined;
  readonly name: string;
  /** May see all mail. */
  readonly isAdmin: boolean;
  /** Whether the role reads cases at all. */
  readonly readsCases: boolean;
  readonly seesCase: (caseId: string) => Promise<boolean>;
  /** Whether the role may open cases in Twenty, and change them. */
  readonly mayChangeCases: () => Promise<boolean>;
  /** The mirror as the role reads it; an operator's is the plugin's own. */
  readonly crm: CrmReader | undefined;
};

/**
 * Which cases somebody sees, the role in Twenty says; who sees all mail, a permission of the hub. In Twenty itself agents may not read the object
 * `caseMessage`, because its roles cannot show a member only the own records.
 */
export async function viewerOf({ member, crm, may }: MemberRequest): Promise<Viewer> {
  const [isAdmin, readsCases] = await Promise.all([may('mail.see-all'), crm.sees('serviceCase', 'subject')]);
  return {
    memberId: member.id,
    name: member.name || member.email,
    isAdmin,
    readsCases,
    seesCase: async (caseId) => readsCases && (await livingCase(crm, caseId)) !== undefined,
    mayChangeCases: async () => await crm.mayChange('serviceCase'),
    crm,
  };
}

export const operator: Viewer = {
  memberId: undefined,
  name: 'An operator',
  isAdmin: true,
  readsCases: true,
  seesCase: async () => true,
  mayChangeCases: async () => true,
  crm: undefined,
};
