import type { Account, Texts } from './account.ts';
import type { Call } from './call.ts';
import { digest } from './line.ts';
import { clockTime } from '../clock-time.ts';
import { partyLabel } from '../party.ts';

/** `Inbound call from +31 20 123 4567`. */
export function callName({ direction, outcome, party }: Pick<Call, 'direction' | 'outcome' | 'party'>): string {
  const who = partyLabel(party);
  if (direction === 'INTERNAL') return `Internal call with ${who}`;
  if (direction === 'OUTBOUND') return outcome === 'ANSWERED' ? `Outbound call to ${who}` : `Unanswered call to ${who}`;
  return outcome === 'ANSWERED' ? `Inbound call from ${who}` : `Missed call from ${who}`;
}

/** The fields of a `phoneCall` that follow from the call itself; only those that are known. */
export function callFields(call: Call, agentId: string | undefined): Record<string, unknown> {
  const { party, agent, endedAt } = call;
  return present({
    name: callName(call),
    direction: call.direction,
    outcome: call.outcome,
    startedAt: call.startedAt,
    answeredAt: call.answeredAt,
    endedAt,
    // How long it lasted is known when it is over.
    durationSeconds: endedAt === undefined ? undefined : call.talkSeconds,
    duration: endedAt === undefined ? undefined : clockTime(call.talkSeconds),
    waitSeconds: call.waitSeconds,
    waiting: call.waitSeconds === undefined ? undefined : clockTime(call.waitSeconds),
    // A complete composite: Twenty replaces PHONES whole (Twenty 2.21, measured).
    phone: party.kind === 'public' ? { primaryPhoneNumber: party.e164, additionalPhones: [] } : undefined,
    phoneNumber: party.kind === 'public' ? party.e164 : '',
    callerId: call.callerId,
    calledNumber: call.calledNumber,
    agentExtension: agent?.extension,
    agentName: agent?.name,
    agentEmail: agent?.email,
    agentId,
    queue: call.queue,
    recordingUrl: call.recordingUrl,
    sentiment: call.sentiment,
    historyKey: call.historyId,
    journey: call.journey,
  });
}

/** What differs from what was written last, and the digests of what is written then. A field that is not known any more is emptied. */
export function changedFields(
  written: Readonly<Record<string, string>>,
  fields: Readonly<Record<string, unknown>>,
): { fields: Record<string, unknown>; written: Record<string, string> } {
  const digests = Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, digest(stable(value))]));
  const changed = Object.entries(fields).filter(([name]) => written[name] !== digests[name]);
  const gone = Object.keys(written).filter((name) => !(name in fields));
  return {
    fields: { ...Object.fromEntries(changed), ...Object.fromEntries(gone.map((name) => [name, emptyValue(name)])) },
    written: digests,
  };
}

const texts = new Set([
  'calledNumber',
  'agentExtension',
  'agentName',
  'agentEmail',
  'queue',
  'recordingUrl',
  'historyKey',
  'duration',
  'waiting',
]);

function emptyValue(name: string): '' | null {
  return texts.has(name) ? '' : null;
}

/**
 * The texts to write, with their ranks. Whatever the order in which two texts of a call come, the same one stays: the call log's before the
 * template's, then the longer one.
 */
export function betterTexts(
  known: Readonly<Record<keyof Texts, string>>,
  channel: Account['channel'],
  given: Texts,
): { fields: Record<string, unknown>; ranks: Record<keyof Texts, string> } {
  const rank = (text: string) =>
    text === '' ? '' : `${channel === 'ledger' ? 1 : 0} ${String(text.length).padStart(8, '0')} ${digest(text)}`;
  const transcript = given.transcript.trim();
  const summary = given.summary.trim();
  const ranks = { transcript: rank(transcript), summary: rank(summary) };
  return {
    fields: {
      ...(ranks.transcript > known.transcript ? { transcript: { markdown: asMarkdown(transcript) } } : {}),
      ...(ranks.summary > known.summary ? { summary } : {}),
    },
    ranks: {
      transcript: ranks.transcript > known.transcript ? ranks.transcript : known.transcript,
      summary: ranks.summary > known.summary ? ranks.summary : known.summary,
    },
  };
}

/** What was said is plain text: it must not become links or HTML on a record's page. */
export function asMarkdown(text: string): string {
  return text.trim().replaceAll('<', '\\<').replaceAll('](', '\\](');
}

/** A zero is a value; an empty text is none, except for what tells that nothing is known. */
function present(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const always = new Set(['phoneNumber', 'callerId', 'agentExtension']);
  return Object.fromEntries(
    Object.entries(fields).filter(([name, value]) => value !== undefined && (value !== '' || always.has(name))),
  );
}

function stable(value: unknown): string {
  return JSON.stringify(value);
}
