import { defineCapability } from './capability.ts';

/** Recordings of calls, as the telephone system's plugin keeps them. Who may hear one, the caller has to ask before. */
export interface Recordings {
  /** Those of the calls whose audio the hub holds at this moment, and may hold. */
  readonly ofCalls: (callIds: readonly string[]) => Promise<HeldRecording[]>;
}

export interface HeldRecording {
  /** The `phoneCall`. */
  readonly callId: string;
  /** Of the telephone system. */
  readonly recordingId: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly extension: string;
  /** `StoredFile.id`, in the files of the tenant. */
  readonly file: string;
  readonly bytes: number;
  /** Such as `audio/wav`. */
  readonly mimeType: string;
}

export const recordings = defineCapability<Recordings>('recordings');
