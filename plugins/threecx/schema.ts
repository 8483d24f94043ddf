import { PayloadError } from '@switchboard/core/contract';
import { z } from 'zod';
import { type Party, readParty } from './party.ts';
import { moment, readPost, text } from './payload.ts';

type Direction = 'INBOUND' | 'OUTBOUND' | 'INTERNAL';
type Outcome = 'ANSWERED' | 'MISSED' | 'NOT_ANSWERED';

export type Agent = { readonly extension: string; readonly name: string; readonly email: string };

/** A finished call as one post of 3CX tells it. Texts are empty when unknown. */
export type ReportedCall = {
  readonly party: Party;
  /** The number exactly as received. */
  readonly callerId: string;
  readonly direction: Direction;
  readonly outcome: Outcome;
  readonly agent: Agent;
  readonly queue: string;
  readonly startedAt: Date;
  readonly endedAt: Date;
  /** Talking time. */
  readonly seconds: number;
  /** The CRM record that 3CX showed to the agent. */
  readonly entity: { readonly id: string; readonly type: string };
  readonly transcript: string;
  readonly summary: string;
  readonly sentiment: number | undefined;
  readonly recordingUrl: string;
};

export type ReportedChat = {
  readonly party: Party;
  readonly email: string;
  readonly agent: Agent;
  readonly name: string;
  readonly queue: string;
  readonly startedAt: Date;
  /** What was said, as one text. */
  readonly messages: string;
};

export type WantedContact = {
  readonly number: string;
  readonly party: Party;
  /** Lower-cased; empty when it is no address. */
  readonly email: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly company: string;
};

const DAY_MS = 86_400_000;
const LONGEST_CALL_SECONDS = 7 * 86_400;
const LONGEST_TEXT = 1024 * 1024;

const start = moment.refine((date) => date !== undefined, 'must not be empty');

const seconds = z
  .union([z.number(), z.string().regex(/^(-?\d+)?$/, 'must be whole seconds'), z.null()], 'must be whole seconds')
  .optional()
  .transform((value) => Number(value ?? 0))
  .pipe(
    z
      .number()
      .int('must be whole seconds')
      .min(0, 'must not be negative')
      .max(LONGEST_CALL_SECONDS, 'must be at most a week'),
  );

const agentFields = {
  agent: text(64),
  agentEmail: text(320),
  agentFirstName: text(200),
  agentLastName: text(200),
};

const call = z.object({
  callType: text(40),
  direction: text(40),
  number: text(128),
  ...agentFields,
  queue: text(64),
  seconds,
  startUtc: start,
  endUtc: moment,
  entityId: text(64),
  entityType: text(64),
  transcription: text(LONGEST_TEXT),
  summary: text(LONGEST_TEXT),
  sentiment: z.union([z.string(), z.number(), z.null()], 'must be a number').optional(),
  recordingUrl: text(2048),
});

const chat = z.object({
  number: text(128),
  email: text(320),
  name: text(200),
  ...agentFields,
  queue: text(64),
  startUtc: start,
  messages: text(LONGEST_TEXT),
});

const contact = z.object({
  number: text(128),
  email: text(320),
  firstName: text(200),
  lastName: text(200),
  company: text(200),
});

/**
 * @param country ISO 3166-1 alpha-2 in which national numbers are read
 * @throws PayloadError naming the field
 */
export function readCall(body: Buffer, country: string, receivedAt: Date): ReportedCall {
  const post = readPost(call, body);
  const startedAt = beforeTomorrow(post.startUtc, receivedAt);
  const party = readParty(post.number, country);
  return {
    party,
    callerId: post.number,
    ...kindOf(post.callType, post.direction, post.seconds, party),
    agent: agentOf(post),
    queue: post.queue.trim(),
    startedAt,
    endedAt: endOf(startedAt, post.endUtc, post.seconds),
    seconds: post.seconds,
    entity: { id: post.entityId, type: post.entityType },
    transcript: post.transcription,
    summary: post.summary,
    sentiment: numberOf(post.sentiment),
    recordingUrl: isWebAddress(post.recordingUrl) ? post.recordingUrl : '',
  };
}

/** @throws PayloadError naming the field */
export function readChat(body: Buffer, country: string, receivedAt: Date): ReportedChat {
  const post = readPost(chat, body);
  return {
    party: readParty(post.number, country),
    email: post.email.trim().toLowerCase(),
    agent: agentOf(post),
    name: post.name.trim(),
    queue: post.queue.trim(),
    startedAt: beforeTomorrow(post.startUtc, receivedAt),
    messages: post.messages.trim(),
  };
}

/** @throws PayloadError naming the field */
export function readContact(body: Buffer, country: string): WantedContact {
  const post = readPost(contact, body);
  const email = post.email.trim().toLowerCase();
  return {
    number: post.number,
    party: readParty(post.number, country),
    email: z.email().safeParse(email).success ? email : '',
    firstName: post.firstName.trim(),
    lastName: post.lastName.trim(),
    company: post.company.trim(),
  };
}

/** `callType` tells the outcome, for inbound and outbound calls by different words. */
function kindOf(
  callType: string,
  direction: string,
  talked: number,
  party: Party,
): { direction: Direction; outcome: Outcome } {
  const type = callType.trim().toLowerCase();
  const outbound = direction === '' ? /^(outbound|notanswered|unanswered)$/.test(type) : /^out/i.test(direction);
  const way = outbound ? 'OUTBOUND' : 'INBOUND';
  return { direction: party.kind === 'internal' ? 'INTERNAL' : way, outcome: outcomeOf(type, way, talked) };
}

function outcomeOf(type: string, way: 'INBOUND' | 'OUTBOUND', talked: number): Outcome {
  if (type === 'missed') return 'MISSED';
  if (type === 'notanswered' || type === 'unanswered') return way === 'INBOUND' ? 'MISSED' : 'NOT_ANSWERED';
  if (type === 'inbound' || type === 'outbound' || talked > 0) return 'ANSWERED';
  throw new PayloadError('body.callType: must be Inbound, Outbound, Missed or Notanswered', { field: 'body.callType' });
}

function agentOf(post: { agent: string; agentEmail: string; agentFirstName: string; agentLastName: string }): Agent {
  return {
    extension: post.agent.trim(),
    name: `${post.agentFirstName} ${post.agentLastName}`.trim(),
    email: post.agentEmail.trim().toLowerCase(),
  };
}

/** An end before the start is a clock that was set: the talking time is the better witness. */
function endOf(startedAt: Date, reported: Date | undefined, talked: number): Date {
  if (reported !== undefined && reported >= startedAt) return reported;
  return new Date(startedAt.getTime() + talked * 1000);
}

function beforeTomorrow(startedAt: Date, receivedAt: Date): Date {
  if (startedAt.getTime() <= receivedAt.getTime() + DAY_MS) return startedAt;
  throw new PayloadError('body.startUtc: lies in the future', {
    field: 'body.startUtc',
    remedy: 'Set the clock of the PBX; it is more than a day ahead.',
  });
}

/** 3CX writes the mood as a number, or not at all; words are no number. */
function numberOf(value: string | number | null | undefined): number | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  const number = Number(value);
  return Number.isFinite(number) ? number : undefined;
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\//i.test(value) && URL.canParse(value);
}
