import { secret } from '@switchboard/core/contract';
import { z } from 'zod';
import { RULE } from './pipeline/consent-rules.ts';
import { leftSides } from './segments/speakers.ts';

const key = 'Key of the provider; calls go there part by part as soon as it is among the engines.';
const price = (of: string, usual: number) =>
  z
    .number()
    .min(0)
    .max(100)
    .default(usual)
    .describe(`What a minute of sound costs at ${of}, in the currency of the budget.`);
const days = (meaning: string) => z.number().int().min(0).max(36_500).default(0).describe(meaning);
const answers = z.enum(['json', 'logprobs', 'verbose']);

/** The settings of one tenant. */
export const config = z.object({
  engines: z
    .string()
    .regex(
      /^(?:3cx|embedded|openai|openai-compatible)(?: (?:3cx|embedded|openai|openai-compatible))*$/,
      'must be names of engines with spaces between: 3cx, embedded, openai, openai-compatible',
    )
    .default('3cx embedded')
    .describe(
      'Who writes down what was said, in this order: the next one where one cannot. `3cx` takes over what 3CX wrote, `embedded` works on this machine (English), ' +
        '`openai` and `openai-compatible` send the sound away.',
    ),
  language: z
    .string()
    .regex(/^(?:auto|[a-z]{2})$/, 'must be auto or a code of two letters, such as nl')
    .default('auto')
    .describe(
      'What is spoken, such as `en` or `nl`. With `auto` each engine finds out, and the embedded one marks what is not English as unclear.',
    ),
  consent: z
    .enum(['recorded', 'asked'])
    .default('recorded')
    .describe('Which calls are written down: all that may be recorded, or those alone whose caller was asked first.'),
  consentRules: z
    .array(z.string().regex(RULE, 'must be a country, a direction and a rule, such as "DE inbound asked"'))
    .max(200)
    .default([])
    .describe(
      'What holds instead for calls with a country or in a direction, such as `DE inbound asked` or `any internal never`: a country of two letters or `any`; inbound, outbound, internal or ' +
        '`any`; recorded, asked or never. The rule that names the country comes first. Where a number tells no country, the strictest that may hold does.',
    ),
  directions: z
    .enum(['all', 'external', 'inbound', 'outbound'])
    .default('all')
    .describe('Which calls are written down, by direction; `external` leaves out calls between colleagues.'),
  left: z
    .enum(leftSides)
    .default('calling')
    .describe('Who is on the left of a recording with two channels: whoever placed the call, or always that side.'),
  redactCountries: z
    .string()
    .regex(/^(?:[A-Z]{2}(?: [A-Z]{2})*)?$/, 'must be country codes with spaces between, such as NL DE')
    .default('')
    .describe(
      'Countries whose identity numbers are left out of texts, beside that of the tenant. Card numbers always are.',
    ),
  openaiKey: secret(key).optional().describe(key),
  openaiModel: z
    .string()
    .min(1)
    .max(100)
    .default('gpt-transcribe')
    .describe('Model at OpenAI; models end, so look there.'),
  openaiAnswers: answers
    .default('json')
    .describe(
      'What that model tells beside the text: nothing, how probable each word is (gpt-4o-transcribe), or times and probabilities (whisper-1).',
    ),
  openaiPricePerMinute: price('OpenAI', 0.006),
  compatibleUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://whisper.example.com/v1' })
    .optional()
    .describe('Base address of a server that speaks the API of OpenAI, such as a Whisper server of your own.'),
  compatibleKey: secret('Key of that server, if it wants one.')
    .optional()
    .describe('Key of that server, if it wants one.'),
  compatibleModel: z.string().min(1).max(100).default('whisper-1').describe('Model at that server.'),
  compatibleAnswers: answers.default('verbose').describe('What that model tells beside the text, as for OpenAI.'),
  compatiblePricePerMinute: price('that server', 0),
  assist: z
    .boolean()
    .default(false)
    .describe(
      'Whether a language model reads each text that is ready and proposes a summary, action points, mood, and the subject, category and malfunction of a case. People accept or reject it.',
    ),
  assistModel: z
    .string()
    .min(1)
    .max(100)
    .default('gpt-5-mini')
    .describe('Language model; it has to know structured output.'),
  assistUrl: z
    .url({ protocol: /^https?$/, error: 'must be an address such as https://llm.example.com/v1' })
    .optional()
    .describe('Base address of a server of your own that speaks the API of OpenAI; without it texts go to OpenAI.'),
  assistKey: secret('Key for the language model; without it the one of OpenAI is used there.')
    .optional()
    .describe('Key for the language model; without it the one of OpenAI is used there.'),
  assistPricePerMillion: z
    .number()
    .min(0)
    .max(10_000)
    .default(2)
    .describe('What a million tokens cost there, read or written, in the currency of the budget.'),
  monthlyBudget: z
    .number()
    .min(0)
    .max(1_000_000)
    .default(50)
    .describe(
      'What engines that cost something may cost in a calendar month. Then the next engine takes over, or calls wait.',
    ),
  textDays: days(
    'After how many days the text of a call is deleted, in the hub, in its search and in Twenty; 0 keeps it. How long sound is kept is a setting of the telephone system.',
  ),
  derivedDays: days(
    'After how many days waveforms, and whatever else was worked out of sound and text, are deleted; 0 keeps them as long as the text.',
  ),
  patienceDays: z
    .number()
    .int()
    .min(1)
    .max(60)
    .default(7)
    .describe(
      'How long a call waits for an engine that is down or a budget that is used up, before it counts as failed.',
    ),
});

export type Config = z.output<typeof config>;
