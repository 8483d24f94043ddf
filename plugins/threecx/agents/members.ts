import type { CrmReader, CrmRecord } from '@switchboard/core/contract';
import type { CrmMember } from './compare.ts';

const PAGE = 500;

/** All members of the workspace, as the mirror has them. */
export async function readMembers(crm: Pick<CrmReader, 'all'>): Promise<CrmMember[]> {
  const members: CrmMember[] = [];
  for (;;) {
    const after = members.at(-1)?.id;
    const page = await crm.all('workspaceMember', { limit: PAGE, ...(after === undefined ? {} : { after }) });
    members.push(...page.map(toMember));
    if (page.length < PAGE) return members;
  }
}

function toMember({ id, userEmail, extension, name }: CrmRecord): CrmMember {
  const { firstName, lastName } = (name ?? {}) as { readonly firstName?: unknown; readonly lastName?: unknown };
  return {
    id,
    extension: text(extension),
    firstName: text(firstName),
    lastName: text(lastName),
    email: text(userEmail).toLowerCase(),
  };
}

function text(value: unknown): string {
  return typeof value === 'string' ? value.trim() : '';
}
