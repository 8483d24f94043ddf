import type { CrmReader, CrmRecord } from '@switchboard/core/contract';

type Owner = { readonly id: string; readonly name: string; readonly email: string };

const PAGE = 500;

/** The members of the workspace, each of whom can have a mailbox of the own. */
export async function listOwners(crm: CrmReader): Promise<Owner[]> {
  const owners: Owner[] = [];
  for (let after: string | undefined; ;) {
    const page = await crm.all('workspaceMember', { limit: PAGE, ...(after !== undefined && { after }) });
    owners.push(...page.map(toOwner));
    after = page.at(-1)?.id;
    if (page.length < PAGE) break;
  }
  return owners.toSorted((one, other) => one.name.localeCompare(other.name));
}

function toOwner({ id, name, userEmail }: CrmRecord): Owner {
  const { firstName = '', lastName = '' } = (name ?? {}) as { firstName?: string; lastName?: string };
  const email = typeof userEmail === 'string' ? userEmail : '';
  return { id, name: `${firstName} ${lastName}`.trim() || email, email };
}
