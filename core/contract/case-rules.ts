import { defineCapability } from './capability.ts';
import type { CrmRecord } from './crm.ts';

/** What the desk has decided about its cases, for those who bring something new about one. */
export interface CaseRules {
  /** Whether news of the customer about a case that is over opens it again, or a new case follows it. */
  readonly afterEnd: (serviceCase: CrmRecord, at: Date) => 'reopen' | 'follow-up';
}

export const caseRules = defineCapability<CaseRules>('case-rules');
