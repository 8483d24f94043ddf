import type { HeldRecording, Recordings } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { type KeptRecording, recordingsOf } from './kept.ts';

type Reading = Pick<Context, 'store' | 'files' | 'clock'>;

/** The capability `recordings`. */
export function createRecordings(context: Reading): Recordings {
  return {
    ofCalls: async (callIds) => {
      const kept = await Promise.all(callIds.map(async (callId) => await recordingsOf(context.store, callId)));
      const held = await Promise.all(kept.flat().map(async (one) => await heldOf(context, one)));
      return held.filter((one) => one !== undefined);
    },
  };
}

async function heldOf({ files, clock }: Reading, kept: KeptRecording): Promise<HeldRecording | undefined> {
  if (kept.file === undefined || Date.parse(kept.until) <= clock.now()) return undefined;
  const file = await files.find(kept.file);
  if (file === undefined) return undefined;
  const { callId, startedAt, extension } = kept;
  const mimeType = kept.mimeType || 'audio/wav';
  return { callId, recordingId: String(kept.id), startedAt, extension, file: file.id, bytes: file.bytes, mimeType };
}
