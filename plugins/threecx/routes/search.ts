import type { CrmMatch, Route } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { contactCard } from '../contact-card.ts';
import { readParty } from '../party.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';

const MOST = 20;

/** An agent types a name or a number into the 3CX client: here several contacts may be listed. */
export const search: Route<Context> = {
  method: 'GET',
  path: '/search',
  summary: 'Contacts by name or number, at most 20',
  audience: 'vendor',
  verify: hasKey,
  async handle(context, { query }) {
    const found = await find(context, printable(query.get('q') ?? ''));
    const matches = await Promise.all(found.slice(0, MOST).map(async (match) => await contactCard(context, match)));
    return { body: { matches } };
  },
};

async function find({ crm, tenant }: Context, text: string): Promise<CrmMatch[]> {
  if (text.trim() === '') return [];
  const party = readParty(text, tenant.country);
  const byNumber = party.kind === 'public' ? await crm.findByPhone(party.e164) : [];
  return byNumber.length > 0
    ? byNumber
    : await crm.search(text.trim(), { objects: ['person', 'location'], limit: MOST });
}
