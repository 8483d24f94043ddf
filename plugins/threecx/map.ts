import { displayName } from './contact-card.ts';
import type { Resolution } from './match.ts';
import { partyLabel } from './party.ts';
import type { ReportedCall, WantedContact } from './schema.ts';

/** The fields that make a new `phoneCall`: what happened, and with whom. */
export function callFields(call: ReportedCall, whom: Resolution): Record<string, unknown> {
  return {
    name: callName(call),
    direction: call.direction,
    outcome: call.outcome,
    startedAt: call.startedAt.toISOString(),
    endedAt: call.endedAt.toISOString(),
    durationSeconds: call.seconds,
    phoneNumber: call.party.kind === 'public' ? call.party.e164 : '',
    callerId: call.callerId,
    agentExtension: call.agent.extension,
    matchState: whom.state,
    ...present({ personId: whom.personId, companyId: whom.companyId, locationId: whom.locationId }),
    ...(whom.candidates.length === 0 ? {} : { candidates: candidateList(whom) }),
  };
}

/** The details that any post of a call may bring, first or later. Only those that it has. */
export function callDetails(call: ReportedCall, agentId: string | undefined): Record<string, unknown> {
  return present({
    agentName: call.agent.name,
    agentEmail: call.agent.email,
    agentId,
    queue: call.queue,
    transcript: call.transcript.trim() === '' ? undefined : { markdown: asMarkdown(call.transcript) },
    summary: call.summary.trim(),
    sentiment: call.sentiment,
    recordingUrl: call.recordingUrl,
  });
}

/** `Inbound call from +31 20 123 4567`. */
export function callName({ direction, outcome, party }: ReportedCall): string {
  const who = partyLabel(party);
  if (direction === 'INTERNAL') return `Internal call with ${who}`;
  if (direction === 'OUTBOUND') return outcome === 'ANSWERED' ? `Outbound call to ${who}` : `Unanswered call to ${who}`;
  return outcome === 'ANSWERED' ? `Inbound call from ${who}` : `Missed call from ${who}`;
}

/** The line of the delivery log: numbers and names, nothing that was said. */
export function callSummary(call: ReportedCall, whom: Resolution, company: string): string {
  const talk = call.outcome === 'ANSWERED' ? `, ${minutes(call.seconds)}` : '';
  return `${callName(call)}, extension ${call.agent.extension || 'unknown'}${talk}: ${whomLabel(whom, company)}.`;
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

function candidateList(whom: Resolution): { object: string; id: string; name: string }[] {
  return whom.candidates.map(({ object, record }) => ({ object, id: record.id, name: displayName(record) }));
}

/** What was said is plain text: it must not become links or HTML on a record's page. */
function asMarkdown(text: string): string {
  return text.trim().replaceAll('<', '\\<').replaceAll('](', '\\](');
}

function minutes(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== ''));
}
