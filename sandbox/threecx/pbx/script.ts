import { z } from 'zod';
import { isExtension } from './extensions.ts';

/** What a person or a script wants to happen at the PBX. */

const said = z.strictObject({
  transcription: z.string().default(''),
  summary: z.string().default(''),
  sentiment: z.string().default(''),
  recordingUrl: z.string().default(''),
});

const parties = z.strictObject({
  /** Who calls: a number as it comes from the trunk, empty when withheld, or an extension. */
  from: z.string().max(100).default(''),
  /** Who is called. */
  to: z.string().max(100).default('101'),
  direction: z.enum(['inbound', 'outbound']).default('inbound'),
  answered: z.boolean().default(true),
  /** Talking time. */
  seconds: z.number().int().min(0).max(86_400).default(125),
  /** How long it rang. */
  ringSeconds: z.number().int().min(0).max(600).default(7),
  queue: z.string().max(20).default(''),
  /** Whom the queue rang; the one in `to` answers. */
  agents: z.array(z.string().max(20)).max(50).default([]),
  /** How often 3CX reports each post. */
  times: z.number().int().min(1).max(20).default(1),
  /** Whether the posts come as it happened, the other way round, or all at once. */
  order: z.enum(['normal', 'reversed', 'together']).default('normal'),
  /** A transcript comes in a second post. `true` takes one that the stand-in knows. */
  text: z.union([z.boolean(), said]).default(false),
});

export const callScript = parties.refine(
  ({ from, to, direction }) => (direction === 'inbound' ? isExtension(to) : isExtension(from)),
  'an inbound call goes to an extension, an outbound call comes from one: send 2 to 5 digits',
);

export type CallScript = z.output<typeof callScript>;
export type CallRequest = z.input<typeof callScript>;
export type Said = z.output<typeof said>;

export const chatScript = z.strictObject({
  number: z.string().max(100).default(''),
  email: z.string().max(200).default(''),
  name: z.string().max(200).default('Visitor'),
  to: z.string().max(20).default('101'),
  queue: z.string().max(20).default(''),
  minutes: z.number().int().min(0).max(600).default(9),
  messages: z.string().max(100_000).default('Visitor: Hello\nAgent: How can I help you?'),
});

export type ChatScript = z.output<typeof chatScript>;

/** What an agent types into the 3CX client. */
export const searchScript = z.union(
  [z.strictObject({ email: z.string().min(1) }), z.strictObject({ text: z.string().min(1) })],
  'send {"email": "…"} or {"text": "…"}',
);

export const contactScript = z.strictObject({
  number: z.string().max(100).default(''),
  firstName: z.string().max(200).default(''),
  lastName: z.string().max(200).default(''),
  email: z.string().max(200).default(''),
  company: z.string().max(200).default(''),
});

/** What was said in a call of no time; undefined when nobody wrote it down. */
export function saidIn({ text, answered }: CallScript): Said | undefined {
  if (text === false || !answered) return undefined;
  return text === true ? sampleText : text;
}

/** What is said in the stand-in: with brackets, because an engine that evaluates texts twice loses them. */
export const sampleText: Said = {
  transcription:
    'Agent: Service desk, good morning.\nCaller: The lift at our office stopped on the [second] floor.\nAgent: Is anybody inside?\nCaller: No, it is empty.',
  summary: 'The lift at the office stopped on the second floor; nobody is inside.',
  sentiment: '3',
  recordingUrl: 'https://pbx.example.com/webclient/#/recordings/4711',
};
