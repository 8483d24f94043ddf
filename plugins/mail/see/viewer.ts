import type { CrmReader, MemberRequest } from '@switchboard/core/contract';
import { livingCase } from '../file/case-state.ts';

/** Who looks at mail, and what that person may see. */
export type Viewer = {
  /** Undefined for an operator of the hub. */
  readonly memberId: string | undefined;
  readonly name: string;
  /** As audit entries name the viewer. */
  readonly email: string;
  /** Whether what everybody has sent is shown, and not only the own; of what came in it opens nothing. */
  readonly seesAllSent: boolean;
  /** Whether what the hub does by itself is shown, such as which senders it has stopped answering. */
  readonly seesOperations: boolean;
  /** Whether the role reads cases at all. */
  readonly readsCases: boolean;
  readonly seesCase: (caseId: string) => Promise<boolean>;
  /** Whether recordings of calls may be heard, and so sent. */
  readonly hearsRecordings: () => Promise<boolean>;
  /** Whether the role may open cases in Twenty, and change them. */
  readonly mayChangeCases: () => Promise<boolean>;
  /** The mirror as the role reads it; an operator's is the plugin's own. */
  readonly crm: CrmReader | undefined;
};

/**
 * Which cases somebody sees, the role in Twenty says; who sees what everybody has sent, a permission of the hub. What came to a personal mailbox no
 * permission opens. In Twenty itself agents may not read the object `caseMessage`, because its roles cannot show a member only the own records.
 */
export async function viewerOf({ member, crm, may }: MemberRequest): Promise<Viewer> {
  const [seesAllSent, seesOperations, readsCases] = await Promise.all([
    may('mail.see-all'),
    may('operations.see'),
    crm.sees('serviceCase', 'subject'),
  ]);
  return {
    memberId: member.id,
    name: member.name || member.email,
    email: member.email,
    seesAllSent,
    seesOperations,
    readsCases,
    seesCase: async (caseId) => readsCases && (await livingCase(crm, caseId)) !== undefined,
    hearsRecordings: async () => (await may('recordings.listen')) && (await crm.sees('phoneCall', 'recordings')),
    mayChangeCases: async () => await crm.mayChange('serviceCase'),
    crm,
  };
}

export const operator: Viewer = {
  memberId: undefined,
  name: 'An operator',
  email: 'operator',
  seesAllSent: true,
  seesOperations: true,
  readsCases: true,
  seesCase: async () => true,
  hearsRecordings: async () => false,
  mayChangeCases: async () => true,
  crm: undefined,
};
