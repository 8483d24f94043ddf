import type { CrmMatch, CrmWrite } from '@switchboard/core/contract';
import type { Ticket } from './schema.ts';

/** The case that stands for a ticket. The key makes it one record, however often the ticket changes. */
export function toCase(ticket: Ticket, matches: readonly CrmMatch[]): CrmWrite {
  const personId = onlyPerson(matches);
  return {
    object: 'serviceCase',
    key: `acme:${ticket.id}`,
    fields: {
      name: ticket.subject || `Ticket ${ticket.id}`,
      subject: ticket.subject,
      customerReference: ticket.id,
      ...(personId === undefined ? {} : { personId }),
    },
  };
}

/** Several persons with one address are nobody for certain. */
function onlyPerson(matches: readonly CrmMatch[]): string | undefined {
  const [first, ...others] = matches.filter(({ object }) => object === 'person');
  return others.length === 0 ? first?.record.id : undefined;
}
