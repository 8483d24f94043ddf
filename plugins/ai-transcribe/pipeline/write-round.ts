import { openAudio } from '../audio/open-audio.ts';
import { type Engine, EngineBrokenError } from '../engines/engine.ts';
import { type Line, writeDown } from '../segments/write-down.ts';
import type { Context } from '../services.ts';
import { openLines, type OpenLine, setLine, type TranscriptRow } from '../store/transcripts.ts';
import { changeOf } from '../topic.ts';
import type { Run } from '../work.ts';
import { pay } from './pay.ts';

/** Then the job makes room for others, and goes on in the next round. */
const ROUND_MS = 5 * 60_000;

/**
 * Has one engine write down what is open of a recording, for a round. Each line is stored as soon as it is safe to.
 *
 * @returns whether everything is done
 */
export async function writeRound(
  context: Context,
  run: Run,
  row: TranscriptRow,
  engine: Engine,
  signal: AbortSignal,
): Promise<boolean> {
  const { tables, files, clock, commit, tenant, config } = context;
  const places = await openLines(tables, run);
  if (places.length === 0) return true;
  const audio = await openAudio(await files.open(row.file ?? ''), { mimeType: row.mime_type });
  const countries = [...new Set([tenant.country, ...config.redactCountries.split(' ')])];
  const allow = async (seconds: number) => await pay(context, engine, seconds);
  const ends = clock.now() + ROUND_MS;
  const failed: Line<OpenLine>[] = [];
  let stored = 0;
  const store = async (lines: readonly Line<OpenLine>[]) => {
    await commit({
      rows: async (rows) => {
        for (const line of lines) await setLine(rows, run, line, engine.name);
      },
      live: [changeOf(run.callId, clock.now())],
    });
    stored += lines.length;
  };
  for await (const line of writeDown(audio, places, engine, { countries, signal, allow })) {
    // Whether the part or the engine is to blame is known at the end alone.
    if (line.state === 'failed') failed.push(line);
    else await store([line]);
    if (clock.now() > ends) break;
  }
  if (failed.length === places.length && engine !== context.services.engines.at(-1))
    throw new EngineBrokenError('The engine could write down no part of this recording');
  if (failed.length > 0) await store(failed);
  return stored === places.length;
}
