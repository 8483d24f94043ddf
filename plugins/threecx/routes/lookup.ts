import type { Route } from '@switchboard/core/contract';
import { hasKey } from '../access.ts';
import { askedNumber } from '../asked-number.ts';
import { contactCard } from '../contact-card.ts';
import { findByEmail, findByNumber } from '../directory.ts';
import { nobody, type Resolution } from '../match.ts';
import { readParty } from '../party.ts';
import { printable } from '../payload.ts';
import type { Context } from '../services.ts';

/** 3CX asks who rings: the one clear contact, or none. */
export const lookup: Route<Context> = {
  method: 'GET',
  path: '/lookup',
  summary: 'The contact behind a number or an e-mail address',
  audience: 'vendor',
  verify: hasKey,
  async handle(context, { query }) {
    await context.services.sightings.note('lookup');
    const email = printable(query.get('email') ?? '')
      .trim()
      .toLowerCase();
    if (email !== '') return await answer(context, await findByEmail(context, email));
    const number = askedNumber(query);
    const party = readParty(number, context.tenant.country);
    return await answer(context, party.kind === 'public' ? await findByNumber(context, party.e164) : nobody, number);
  },
};

async function answer(context: Context, { winner }: Resolution, number?: string) {
  return { body: { matches: winner === undefined ? [] : [await contactCard(context, winner, number)] } };
}
