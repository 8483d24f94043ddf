import { z } from 'zod';
import { DEFAULT_QUEUE, DEFAULT_RING_GROUP } from '../directory/seed.ts';

/** What happens at the PBX, in the time it takes. */

export const scenarioNames = [
  'inbound',
  'outbound',
  'internal',
  'missed',
  'unanswered',
  'withheld',
  'shared',
  'queue',
  'queue-abandoned',
  'ring-group',
  'transfer',
  'voicemail',
  'callback',
  'overlap',
] as const;

const extension = z.string().regex(/^\d{2,5}$/, 'is an extension of 2 to 5 digits');

export const playSchema = z.strictObject({
  scenario: z.enum(scenarioNames).default('inbound'),
  /** The party outside; for `internal` the extension that is called. Default one of the demo's. */
  number: z.string().max(100).optional(),
  /** Who answers, or calls. */
  agent: extension.default('101'),
  /** To whom `transfer` goes. */
  transferTo: extension.default('102'),
  queue: z.string().default(DEFAULT_QUEUE),
  ringGroup: z.string().default(DEFAULT_RING_GROUP),
  /** Who else is rung by queue or ring group; default its members. */
  agents: z.array(extension).max(500).readonly().optional(),
  /** How often the queue rings everybody; somebody answers in the last round. */
  rounds: z.number().int().min(1).max(20).default(2),
  /** The number of the company that was dialled. */
  did: z.string().max(100).optional(),
  /** How long it rings until somebody answers or the caller gives up; in a queue, in each round. */
  ringSeconds: z.number().min(0).max(600).default(5),
  talkSeconds: z.number().min(0).max(86_400).default(30),
  /** Recording and text are there as soon as the call is over, so that the report has the text. */
  text: z.boolean().default(false),
  /** How often 3CX reports each post, and in which order. */
  times: z.number().int().min(1).max(20).default(1),
  order: z.enum(['normal', 'reversed', 'together']).default('normal'),
});

export type Play = z.output<typeof playSchema>;
export type PlayRequest = z.input<typeof playSchema>;
