import { z } from 'zod';

const line = (most: number) => z.string().trim().max(most);

/** What a language model proposes of a call: texts for people, and nothing that anything acts upon. */
export const suggestion = z.strictObject({
  summary: line(2_000).min(1),
  actionPoints: z.array(line(300).min(1)).max(10),
  sentiment: z.enum(['positive', 'neutral', 'negative']),
  /** Of a case that somebody may open; empty where the call is no reason for one. */
  subject: line(200),
  category: line(100),
  /** What does not work; empty where nothing is broken. */
  malfunction: line(200),
});

export type Suggestion = z.output<typeof suggestion>;

/** The same for the API, which takes a part of JSON Schema: no lengths, everything required, nothing beside it. */
export const suggestionSchema = {
  type: 'object',
  properties: {
    summary: { type: 'string', description: 'What the call was about and how it ended, in at most five sentences.' },
    actionPoints: {
      type: 'array',
      items: { type: 'string' },
      description: 'What somebody promised or has to do, one sentence each; empty where nothing is to be done.',
    },
    sentiment: {
      type: 'string',
      enum: ['positive', 'neutral', 'negative'],
      description: 'How the caller felt at the end.',
    },
    subject: {
      type: 'string',
      description: 'Subject of a service case about it, one line; empty where there is none.',
    },
    category: { type: 'string', description: 'Kind of the case in one to three words; empty where there is none.' },
    malfunction: { type: 'string', description: 'What is broken and where, one line; empty where nothing is.' },
  },
  required: ['summary', 'actionPoints', 'sentiment', 'subject', 'category', 'malfunction'],
  additionalProperties: false,
} as const;
