import type { Call } from './calls/call.ts';
import { callName } from './calls/record.ts';
import { clockTime } from './clock-time.ts';
import { displayName } from './contact-card.ts';
import type { Resolution } from './match.ts';
import type { WantedContact } from './schema.ts';

/** The line of the delivery log: numbers and names, nothing that was said. */
export function callSummary(call: Call, whom: Resolution, company: string): string {
  const talk = call.outcome === 'ANSWERED' && call.endedAt !== undefined ? `, ${clockTime(call.talkSeconds)}` : '';
  const where =
    call.agent === undefined && call.queue !== ''
      ? `queue ${call.queue}`
      : `extension ${call.agent?.extension || 'unknown'}`;
  return `${callName(call)}, ${where}${talk}: ${whomLabel(whom, company)}.`;
}

export function whomLabel({ state, winner, candidates }: Resolution, company: string): string {
  if (state === 'UNKNOWN') return 'nobody known';
  if (state === 'AMBIGUOUS') return `one of ${candidates.length}, to be settled`;
  const name = winner === undefined ? '' : displayName(winner.record);
  return company === '' ? name : `${name} (${company})`;
}

/** The fields of a person whom 3CX asks to create. Without a name the number serves as one. */
export function personFields(
  contact: WantedContact,
  links: { readonly companyId: string | undefined; readonly locationId: string | undefined },
): Record<string, unknown> {
  const { party, email, firstName, lastName } = contact;
  const unnamed = firstName === '' && lastName === '';
  return {
    name: { firstName, lastName: unnamed ? (party.kind === 'public' ? party.international : email) : lastName },
    // Complete composites: Twenty replaces PHONES and EMAILS whole (Twenty 2.21, measured).
    ...(party.kind === 'public' ? { phones: { primaryPhoneNumber: party.e164, additionalPhones: [] } } : {}),
    ...(email === '' ? {} : { emails: { primaryEmail: email, additionalEmails: [] } }),
    ...present(links),
  };
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
}
