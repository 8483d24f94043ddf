import { sendMail } from '../../api/mail.ts';
import { type Draft, toRequest } from './draft.ts';

interface GroupMail {
  readonly folderId: string;
  readonly draft: Draft;
  /** Whose contacts get it. */
  readonly caseIds: readonly string[];
  /** Cases with an address of the author's choice. */
  readonly given: readonly { readonly caseId: string; readonly address: string }[];
}

/** The mails to the contacts are one request, each to another address one beside it; all again is the same mails. */
export async function sendGroup(tenant: string, { folderId, draft, caseIds, given }: GroupMail): Promise<void> {
  if (caseIds.length > 0) await sendMail(tenant, toRequest(draft, { malfunctionId: folderId, caseIds }, 'contact'));
  for (const { caseId, address } of given) {
    const beside = { ...draft, requestId: besideOf(draft.requestId, caseId) };
    await sendMail(tenant, toRequest(beside, { caseId }, [address]));
  }
}

const besideOf = (requestId: string, caseId: string) => `${requestId}/${caseId}`;
