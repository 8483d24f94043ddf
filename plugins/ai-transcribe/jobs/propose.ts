import {
  CredentialsError,
  handle,
  PostponedError,
  SwitchboardError,
  type TranscriptLine,
} from '@switchboard/core/contract';
import type { Assistant } from '../assist/assistant.ts';
import type { Suggestion } from '../assist/suggestion.ts';
import { isUnbilled } from '../engines/api-error.ts';
import { BudgetError } from '../pipeline/budget-error.ts';
import { redact } from '../redact/redact.ts';
import type { Context } from '../services.ts';
import { transcriptsOf } from '../store/read.ts';
import { type NewSuggestion, setSuggestion, suggestionsOf } from '../store/suggestions.ts';
import { findTranscript } from '../store/transcripts.ts';
import { settle, spend } from '../store/usage.ts';
import { changeOf } from '../topic.ts';
import { propose as type, type Run } from '../work.ts';

const DAY_MS = 86_400_000;
const AGAIN_MS = 10 * 60_000;
const ENGINE = 'assistant';

/** Has a language model propose what a person would write of a call. What comes of it changes nothing of the transcript. */
export const propose = handle<Context, typeof type.payload>(type, async (context, run, { signal }) => {
  const { assistant } = context.services;
  const row = await findTranscript(context.tables, run);
  if (assistant === undefined || row?.state !== 'ready' || row.run !== run.run) return;
  const before = (await suggestionsOf(context.tables, run.callId)).find((one) => one.recordingId === run.recordingId);
  if (before?.run === run.run && before.state !== 'waiting') return;
  const lines = await clearLines(context, run);
  if (lines.length === 0) return;
  try {
    const content = await ask(context, assistant, lines, signal);
    await keep(context, run, { state: 'ready', model: assistant.model, content });
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof SwitchboardError)) throw error;
    await waitOrEnd(context, run, before?.run === run.run ? before.waitingSince : null, error);
  }
});

async function clearLines({ tables }: Context, { callId, recordingId }: Run): Promise<TranscriptLine[]> {
  const transcript = (await transcriptsOf(tables, callId)).find((one) => one.recordingId === recordingId);
  return (transcript?.lines ?? []).filter(({ state }) => state === 'clear');
}

/** The most that it can cost is counted before it goes out; what it did not cost is given back. */
async function ask(
  { tables, clock, config, tenant }: Context,
  assistant: Assistant,
  lines: readonly TranscriptLine[],
  signal: AbortSignal,
): Promise<Suggestion> {
  const now = clock.now();
  const most = assistant.mostCost(lines);
  if (!(await spend(tables, { engine: ENGINE, seconds: 0, cost: most }, { budget: config.monthlyBudget, now })))
    throw new BudgetError('The budget of this month is used up');
  const { suggestion, cost = most } = await assistant.propose(lines, signal).catch(async (error: Error) => {
    // Asked again and again while it is down, this would use up the budget of a month.
    if (isUnbilled(error)) await settle(tables, { engine: ENGINE, cost: -most }, now);
    throw error;
  });
  await settle(tables, { engine: ENGINE, cost: cost - most }, now);
  return withoutNumbers(suggestion, [tenant.country, ...config.redactCountries.split(' ')]);
}

/** A model may put together what was said in parts: numbers that are left out of texts are left out of its words as well. */
function withoutNumbers(suggestion: Suggestion, countries: readonly string[]): Suggestion {
  const clean = (text: string) => redact([text.toWellFormed().replaceAll('\u0000', '')], countries)[0] ?? '';
  const { actionPoints, sentiment, summary, subject, category, malfunction } = suggestion;
  return {
    sentiment,
    actionPoints: actionPoints.map(clean),
    summary: clean(summary),
    subject: clean(subject),
    category: clean(category),
    malfunction: clean(malfunction),
  };
}

async function keep({ commit, clock }: Context, run: Run, made: NewSuggestion): Promise<void> {
  await commit({
    rows: async (tables) => await setSuggestion(tables, run, made),
    live: [changeOf(run.callId, clock.now())],
  });
}

/** It has an outcome of its own: the transcript is ready, whatever becomes of this. */
async function waitOrEnd(
  context: Context,
  run: Run,
  waitingSince: Date | null,
  error: SwitchboardError,
): Promise<void> {
  const { clock, config, log, services } = context;
  const model = services.assistant?.model ?? '';
  const since = waitingSince ?? new Date(clock.now());
  const mayHelp = error.retry !== 'never' && clock.now() - since.getTime() < config.patienceDays * DAY_MS;
  const reason =
    error instanceof CredentialsError
      ? 'credentials'
      : ['budget', 'answer'].includes(error.code)
        ? error.code
        : 'provider';
  log.warn({ code: error.code, recordingId: run.recordingId }, 'The language model has proposed nothing');
  await keep(context, run, {
    state: mayHelp ? 'waiting' : 'failed',
    reason,
    waitingSince: mayHelp ? since : null,
    model,
  });
  if (mayHelp)
    throw new PostponedError(error.message, typeof error.retry === 'object' ? error.retry.afterMs : AGAIN_MS, {
      cause: error,
    });
}
