import { defineTopic } from '@switchboard/core/contract';
import { z } from 'zod';
import { showCard } from './show-card.ts';

/** What an agent sees while a call rings and while it lasts. Ids are those of CRM records; times are UTC. */

const named = z.object({ id: z.uuid(), name: z.string() });

const dueAt = z.iso.datetime().nullable();

const openCase = named.extend({
  status: z.string(),
  priority: z.string(),
  /** Until when an answer was promised; null without a promise, and once it was given. */
  responseDueAt: dueAt,
  resolveDueAt: dueAt,
});

const malfunction = named.extend({
  status: z.string(),
  severity: z.string(),
  isMajor: z.boolean(),
  /** What agents may tell callers. */
  announcement: z.string(),
});

const candidate = named.extend({
  object: z.enum(['person', 'location']),
  company: z.string(),
  location: z.string(),
  /** When this one last called or was called. */
  lastCallAt: z.iso.datetime().nullable(),
});

const previousCall = named.extend({
  startedAt: z.iso.datetime(),
  direction: z.string(),
  outcome: z.string(),
});

export const caller = z.object({
  /** `SETTLED`: somebody decided for this call. */
  matchState: z.enum(['MATCHED', 'AMBIGUOUS', 'UNKNOWN', 'SETTLED']),
  person: named.nullable(),
  company: named.nullable(),
  location: named.nullable(),
  /** Between whom to choose, the likeliest first; empty unless ambiguous. */
  candidates: z.array(candidate),
  openCases: z.array(openCase),
  malfunctions: z.array(malfunction),
  /** Of the last 30 days: the newest, and how many there are. */
  previousCalls: z.array(previousCall),
  previousCallCount: z.number().int(),
});

export type Caller = z.output<typeof caller>;

const card = caller.extend({
  /** The id that the call's record has, or will have once somebody answers or the call ends. */
  callId: z.uuid(),
  state: z.enum(['ringing', 'dialling', 'talking']),
  direction: z.enum(['INBOUND', 'OUTBOUND', 'INTERNAL']),
  /** E.164; empty when it is none or is withheld. */
  phoneNumber: z.string(),
  /** The other side for people to read. */
  label: z.string(),
  /** The own number that was dialled; often unknown. */
  calledNumber: z.string(),
  queue: z.string(),
  startedAt: z.iso.datetime(),
  answeredAt: z.iso.datetime().nullable(),
  agents: z.array(
    z.object({
      extension: z.string(),
      memberId: z.uuid().nullable(),
      state: z.enum(['ringing', 'dialling', 'talking']),
      since: z.iso.datetime(),
    }),
  ),
});

export type Card = z.output<typeof card>;

/** The calls that go on, each shown to the members whose extensions it rings or who talk in it: of the CRM only what their role may read. */
export const callsTopic = defineTopic('calls', card, { object: 'phoneCall', show: showCard });
