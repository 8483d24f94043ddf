import { event, type EventInput, recordingAvailable } from '@switchboard/core/contract';
import type { KeptRecording } from './kept.ts';

/** Told once for each recording. @param wantsTranscript 3CX does not write it down; what may not be recorded is not written down either */
export function availableEvent(kept: KeptRecording, wantsTranscript: boolean): EventInput {
  const { callId, id, file, mimeType, startedAt, extension, audio, consent } = kept;
  const isHere = audio !== 'gone' && file !== undefined;
  return event(
    recordingAvailable,
    {
      callId,
      recordingId: String(id),
      file: isHere ? file : null,
      mimeType: isHere ? mimeType : '',
      startedAt,
      agentExtension: extension,
      wantsTranscript: wantsTranscript && isHere && consent.forbidden !== true,
    },
    `${callId}/${id}`,
  );
}
