import { defineJob, handle } from '@switchboard/core/contract';
import { z } from 'zod';
import { toCase } from '../map.ts';
import type { Context } from '../services.ts';

export const copyTicketJob = defineJob({
  name: 'acme.copy-ticket',
  payload: z.object({ ticketId: z.string() }),
  // Two changes of one ticket never overtake each other.
  serialize: ({ ticketId }) => ticketId,
});

/** Reads the ticket as it is now, and writes the case. Running it twice changes nothing more. */
export const copyTicket = handle(copyTicketJob, async (context: Context, { ticketId }, { signal }) => {
  const ticket = await context.services.client.ticket(ticketId, signal);
  const matches = ticket.email === '' ? [] : await context.crm.findByEmail(ticket.email);
  const write = toCase(ticket, matches);
  await context.commit({ writes: [write] });
});
