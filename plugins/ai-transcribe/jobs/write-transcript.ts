import {
  CredentialsError,
  handle,
  job,
  NotFoundError,
  PostponedError,
  SwitchboardError,
} from '@switchboard/core/contract';
import { AudioError } from '../audio/audio.ts';
import { endWith, endWithout, noteWaiting } from '../pipeline/end.ts';
import { writeRound } from '../pipeline/write-round.ts';
import type { Engine } from '../engines/engine.ts';
import type { Context } from '../services.ts';
import { notePassedOver } from '../store/health.ts';
import { countLines, findUnderWay, setWriter, type TranscriptRow } from '../store/transcripts.ts';
import { type Run, stepKey, writeTranscript as type } from '../work.ts';

const AGAIN_MS = 10 * 60_000;
const DAY_MS = 86_400_000;

/** Writes down a recording, by the first engine that can. */
export const writeTranscript = handle<Context, typeof type.payload>(
  type,
  async (context, { round, ...run }, { signal }) => {
    const row = await findUnderWay(context.tables, run);
    if (row === undefined) return;
    try {
      const done = await firstThatCan(context, run, row, signal);
      if (done === undefined)
        return await context.commit({
          jobs: [job(type, { ...run, round: round + 1 }, stepKey(run, `write/${round + 1}`))],
        });
      await finish(context, run, done);
    } catch (error) {
      if (error instanceof NotFoundError || error instanceof AudioError)
        return await endWithout(context, run, { state: 'failed', reason: 'gone', detail: `${error.message}.` });
      signal.throwIfAborted();
      if (error instanceof SwitchboardError) return await waitFor(context, run, row, error);
      throw error;
    }
  },
);

/**
 * @returns the engine that has done the rest; undefined where it goes on in another round
 * @throws what the last engine threw when none can
 */
async function firstThatCan(
  context: Context,
  run: Run,
  row: TranscriptRow,
  signal: AbortSignal,
): Promise<Engine | undefined> {
  let failure: unknown = new PostponedError('No engine can work by these settings', AGAIN_MS);
  let passedOver: PassedOver | undefined;
  for (const engine of context.services.engines) {
    try {
      const isDone = await writeRound(context, run, row, engine, signal);
      if (passedOver !== undefined) await remember(context, run, passedOver);
      return isDone ? engine : undefined;
    } catch (error) {
      const isOfEngine =
        error instanceof SwitchboardError && !(error instanceof NotFoundError || error instanceof AudioError);
      signal.throwIfAborted();
      if (!isOfEngine) throw error;
      context.log.warn(
        { engine: engine.name, code: error.code, recordingId: run.recordingId },
        'An engine cannot write down a recording now',
      );
      failure = error;
      passedOver ??= { engine: engine.name, reason: reasonOf(error) };
    }
  }
  throw failure;
}

type PassedOver = { readonly engine: string; readonly reason: string };

/** So that somebody who looks after the engines sees that the first one does not do its work. */
async function remember({ commit, clock }: Context, run: Run, passedOver: PassedOver): Promise<void> {
  await commit({
    rows: async (tables) => await notePassedOver(tables, run, { ...passedOver, at: new Date(clock.now()) }),
  });
}

async function finish(context: Context, run: Run, engine: Engine): Promise<void> {
  const { clear, unclear, failed, language } = await countLines(context.tables, run);
  if (failed > 0 && clear + unclear === 0)
    return await endWithout(context, run, {
      state: 'failed',
      reason: 'engine',
      detail: 'the engine could write down no part of it.',
    });
  await context.commit({
    rows: async (tables) => await setWriter(tables, run, { engine: engine.name, model: engine.model, language }),
  });
  await endWith(context, run, clear + unclear + failed === 0 ? 'silent' : 'ready');
}

/** Keeps what is done and comes back, for as long as the tenant wants to wait. */
async function waitFor(context: Context, run: Run, row: TranscriptRow, error: SwitchboardError): Promise<void> {
  const { clock, config } = context;
  const since = row.waiting_since ?? new Date(clock.now());
  const detail = `${error.message}. ${error.remedy ?? ''}`.trim();
  const reason = reasonOf(error);
  if (clock.now() - since.getTime() >= config.patienceDays * DAY_MS)
    return await endWithout(context, run, { state: 'failed', reason, detail });
  await noteWaiting(context, run, { reason, detail, waitingSince: since });
  if (error instanceof CredentialsError) throw error;
  throw new PostponedError(error.message, typeof error.retry === 'object' ? error.retry.afterMs : AGAIN_MS, {
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    cause: error,
  });
}

function reasonOf({ code }: SwitchboardError): string {
  return ['budget', 'credentials', 'engine'].includes(code) ? code : 'provider';
}
