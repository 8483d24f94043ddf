import { RefusedError, UpstreamError } from '@switchboard/core/contract';
import { z } from 'zod';
import { type Download, download } from './download.ts';
import { NotPermittedError } from './errors.ts';
import type { Xapi } from './xapi.ts';

/** Recordings as 3CX keeps them, for clients with the role System Owner. */
export type Recordings = {
  /** Rows in the order of their ids. There is no sign of news: whoever wants it asks for what is behind the last id. */
  readonly after: (
    place: { readonly id: number } | { readonly startedAt: Date },
    signal: AbortSignal,
  ) => Promise<unknown[]>;
  /** Undefined when the file is gone. */
  readonly open: (id: number, signal: AbortSignal) => Promise<Download | undefined>;
  /** What 3CX has written down of these, by id. */
  readonly texts: (ids: readonly number[], signal: AbortSignal) => Promise<ReadonlyMap<number, RecordingText>>;
  /** Has 3CX write these down. @returns whether it will: builds before 20.0.7 cannot, and 3CX may not be set up for it */
  readonly transcribe: (ids: readonly number[], signal: AbortSignal) => Promise<boolean>;
  /** After how many days 3CX deletes recordings; undefined when it does not. */
  readonly keptDays: (signal: AbortSignal) => Promise<number | undefined>;
  /** What extension and queue are set to. @param queue empty when none */
  readonly rules: (extension: string, queue: string, signal: AbortSignal) => Promise<RecordingRules>;
};

export type RecordingText = { readonly transcript: string; readonly summary: string };

/** Undefined where 3CX does not tell. */
export type RecordingRules = {
  /** `ForbidRecording` of the extension, since 20.0.10. */
  readonly isForbidden: boolean | undefined;
  /** `RecordExternalCallsOnly` of the extension. */
  readonly isExternalOnly: boolean | undefined;
  /** `Recording` of the queue: `Disabled`, `AllowToOptOut`, `AskToOptIn`. */
  readonly queue: string | undefined;
};

const facts = 'Id,CallType,StartTime,EndTime,FromDn,FromCallerNumber,ToDn,ToCallerNumber';

const text = z.object({ Id: z.number(), Transcription: z.string().nullish(), Summary: z.string().nullish() });
const repository = z.object({
  AutoDeleteRecordingEnabled: z.boolean().nullish(),
  AutoDeleteRecordingDays: z.number().nullish(),
});
const userRow = z.object({ RecordExternalCallsOnly: z.boolean().nullish(), ForbidRecording: z.boolean().nullish() });
const queueRow = z.object({ Recording: z.string().nullish() });

export function createRecordings(xapi: Xapi): Recordings {
  const first = async (path: string, number: string, fields: string, signal: AbortSignal): Promise<unknown> => {
    const [row] = await xapi.list(
      path,
      { $filter: `Number eq '${number.replaceAll("'", "''")}'`, $select: fields },
      signal,
    );
    return row ?? {};
  };

  /** A build before 20.0.10 refuses to be asked for what it does not have. */
  async function userOf(extension: string, signal: AbortSignal): Promise<z.output<typeof userRow>> {
    const ask = async (fields: string) => userRow.parse(await first('/Users', extension, fields, signal));
    try {
      return await ask('Number,RecordExternalCallsOnly,ForbidRecording');
    } catch (error) {
      if (!(error instanceof RefusedError) || error instanceof NotPermittedError) throw error;
      return await ask('Number,RecordExternalCallsOnly');
    }
  }

  return {
    async after(place, signal) {
      const $filter =
        'id' in place ? `Id gt ${place.id}` : `StartTime ge ${place.startedAt.toISOString().slice(0, 19)}Z`;
      return await xapi.list('/Recordings', { $filter, $orderby: 'Id asc', $select: facts }, signal);
    },
    async open(id, signal) {
      return await download(xapi.session, `/xapi/v1/Recordings/Pbx.DownloadRecording(recId=${id})`, signal);
    },
    async texts(ids, signal) {
      const $filter = ids.map((id) => `Id eq ${id}`).join(' or ');
      const rows = await xapi.list('/Recordings', { $filter, $select: 'Id,Transcription,Summary' }, signal);
      const read = rows.flatMap((row) => text.safeParse(row).data ?? []);
      return new Map(
        read.map(({ Id, Transcription, Summary }) => [Id, { transcript: Transcription ?? '', summary: Summary ?? '' }]),
      );
    },
    async transcribe(ids, signal) {
      try {
        await xapi.post('/Recordings/Pbx.TranscribeRecordings', { ids }, signal);
        return true;
      } catch (error) {
        if (!(error instanceof RefusedError) || error instanceof NotPermittedError) throw error;
        return false;
      }
    },
    async keptDays(signal) {
      const { data } = repository.safeParse(await xapi.get('/Recordings/Pbx.GetRecordingRepositorySettings()', signal));
      if (data === undefined) throw new UpstreamError('3CX does not tell when it deletes recordings');
      const { AutoDeleteRecordingEnabled: isOn, AutoDeleteRecordingDays: days } = data;
      return isOn === true && days && days > 0 ? days : undefined;
    },
    async rules(extension, queue, signal) {
      const [user, line] = [
        await userOf(extension, signal),
        queue === '' ? {} : queueRow.parse(await first('/Queues', queue, 'Number,Recording', signal)),
      ];
      return {
        isForbidden: user.ForbidRecording ?? undefined,
        isExternalOnly: user.RecordExternalCallsOnly ?? undefined,
        queue: line.Recording ?? undefined,
      };
    },
  };
}
