import type { FileKeep } from '@switchboard/core/contract';
import { type Recordings } from '../client/recordings.ts';
import type { Context } from '../services.ts';
import type { KeptRecording } from './kept.ts';

/** What 3CX records in a day, uncompressed. */
const LARGEST_BYTES = 1024 ** 3;
/** What stays in 3CX is here so long after somebody wanted it. */
const BORROWED_MS = 3_600_000;

/**
 * Has the audio of a recording in the hub's store, fetching it when it is not there. The keep has to be committed with the row.
 *
 * @throws what the download throws; a retry begins anew
 */
export async function holdAudio(
  { files, clock }: Pick<Context, 'files' | 'clock'>,
  recordings: Pick<Recordings, 'open'>,
  kept: KeptRecording,
  signal: AbortSignal,
): Promise<{ kept: KeptRecording; keeps: FileKeep[] }> {
  const key = `recording/${kept.id}`;
  const ends =
    kept.audio === 'linked' ? Math.min(clock.now() + BORROWED_MS, Date.parse(kept.until)) : Date.parse(kept.until);
  const until = new Date(ends);
  if (kept.file !== undefined && (await files.find(kept.file)) !== undefined) {
    return { kept, keeps: [{ key, file: kept.file, until }] };
  }
  const download = await recordings.open(kept.id, signal);
  if (download === undefined) return { kept: { ...kept, audio: 'gone', file: undefined }, keeps: [] };
  const { id } = await files.put(download.bytes, { maxBytes: LARGEST_BYTES, signal });
  return { kept: { ...kept, file: id, mimeType: download.mimeType }, keeps: [{ key, file: id, until }] };
}
