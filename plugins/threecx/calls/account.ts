import { z } from 'zod';

/**
 * What one channel of 3CX tells of one call. Several accounts make a call: every channel may tell of it, the template once for each
 * agent. Accounts are stored and travel in jobs, so they are plain JSON; times are ISO 8601 in UTC.
 */

/** In one form, so that moments compare as texts. */
const moment = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());

const party = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('public'), e164: z.string(), international: z.string() }),
  z.object({ kind: z.literal('internal'), extension: z.string() }),
  z.object({ kind: z.literal('withheld') }),
  z.object({ kind: z.literal('unreadable'), raw: z.string() }),
]);

const common = {
  /** Unique among the accounts of a tenant; the same call told again by the same channel has the same id. */
  id: z.string(),
  startedAt: moment,
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
  party,
  /** The other side's number exactly as 3CX wrote it. */
  callerId: z.string(),
};

/** A post of the template: the call as one agent had it. */
const reported = z.object({
  ...common,
  channel: z.literal('template'),
  endedAt: moment,
  answered: z.boolean(),
  /** Talking time. */
  seconds: z.number(),
  agent: z.object({ extension: z.string(), name: z.string(), email: z.string() }),
  queue: z.string(),
  /** The CRM record that 3CX showed to the agent. */
  entityId: z.string(),
  sentiment: z.number().optional(),
  recordingUrl: z.string(),
});

const liveLeg = z.object({
  dn: z.string(),
  participantId: z.number(),
  name: z.string(),
  /** What the DN is, in the words of Call Control (`Wextension`, `Wqueue`); empty when unknown. */
  type: z.string(),
  /** How it began: `Ringing` is called, `Dialing` calls. */
  began: z.enum(['Ringing', 'Dialing', 'Connected']),
  since: moment,
  answeredAt: moment.optional(),
  /** When somebody outside took the place of a colleague: the call was handed over after a talk about it. */
  takenOverAt: moment.optional(),
  endedAt: moment.optional(),
  /** The queue or ring group on whose behalf it rings. */
  via: z.string(),
  viaKind: z.enum(['queue', 'group']),
});

/** What Call Control showed of the participants with one `callid`. */
const watched = z.object({
  ...common,
  channel: z.literal('live'),
  /** Unique for as long as the PBX runs. */
  callId: z.number(),
  /** The own number that was dialled; often unknown. */
  did: z.string(),
  legs: z.array(liveLeg).min(1),
});

const end = z.object({
  dn: z.string(),
  number: z.string(),
  name: z.string(),
  /** What the number is, in the words of XAPI's peers (`Extension`, `Queue`, `RingGroup`); empty when unknown. */
  type: z.string(),
});

const segment = z.object({
  /** `CdrId` */
  id: z.string(),
  callId: z.number(),
  indent: z.number(),
  sequence: z.number(),
  startedAt: moment,
  /** When the row was read: of two readings the later counts. */
  readAt: moment,
  source: end,
  destination: end,
  /** Where the call went on: the agent who took it from a queue. */
  action: end,
  ringSeconds: z.number(),
  talkSeconds: z.number(),
  answered: z.boolean(),
  callType: z.string(),
  reason: z.string(),
  recordingIds: z.array(z.number()),
});

/** The rows of the call log with one `MainCallHistoryId`. */
const logged = z.object({
  ...common,
  channel: z.literal('ledger'),
  historyId: z.string(),
  did: z.string(),
  sentiment: z.number().optional(),
  segments: z.array(segment).min(1),
});

export const account = z.discriminatedUnion('channel', [reported, watched, logged]);

export type Account = z.output<typeof account>;
export type Reported = z.output<typeof reported>;
export type Watched = z.output<typeof watched>;
export type Logged = z.output<typeof logged>;
export type LiveLeg = z.output<typeof liveLeg>;
export type Segment = z.output<typeof segment>;
export type SegmentEnd = z.output<typeof end>;

/** What was said, where a channel tells it. It goes to the CRM and is kept nowhere else. */
export type Texts = { readonly transcript: string; readonly summary: string };

export const noTexts: Texts = { transcript: '', summary: '' };
