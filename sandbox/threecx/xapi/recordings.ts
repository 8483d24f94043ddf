import type { Response } from 'express';
import { encodeWav } from '../ledger/audio.ts';
import { type Recording, textOf, textView } from '../ledger/recordings.ts';
import { collection } from './numbers.ts';
import { recordingPath } from './call-log.ts';
import { idList, parse } from './odata/body.ts';
import { badRequest, ODataError } from './odata/errors.ts';
import { type Asked, done, ok, type Operation, type Reply } from './odata/router.ts';
import type { XapiParts } from './parts.ts';

const FILE_NOT_FOUND = 'WARNINGS.XAPI.FILE_NOT_FOUND';

/** Recordings, for owners of the system only. There is no `/Recordings(42)`. */
export function recordingOperations(parts: XapiParts): Operation[] {
  const { ledger, settings } = parts;
  const rows = () => ledger.recordings().map((recording) => recordingView(recording, parts));

  function download({ args, request, response }: Asked): Reply {
    const id = args['recId'];
    if (typeof id !== 'number') throw new ODataError(500, 'An error has occurred.');
    const recording = ledger.recording(id);
    if (recording?.hasFile !== true) throw badRequest(FILE_NOT_FOUND);
    const { stereo, encoding, ranges } = settings.current();
    sendAudio(response, encodeWav(recording, { stereo, encoding }), ranges ? request.headers.range : undefined, ranges);
    return 'answered';
  }

  const bulk = (path: string, work: (ids: readonly number[]) => void): Operation => ({
    method: 'POST',
    path,
    role: 'owner',
    handle({ body }) {
      work(parse(idList, body).ids);
      return done;
    },
  });

  return [
    { ...collection('/Recordings', rows, []), role: 'owner' },
    { method: 'GET', path: '/Recordings/Pbx.DownloadRecording(recId={recId})', role: 'owner', handle: download },
    { ...bulk('/Recordings/Pbx.TranscribeRecordings', ledger.transcribe), since: 7 },
    bulk('/Recordings/Pbx.BulkRecordingsDelete', ledger.deleteFiles),
    {
      method: 'GET',
      path: '/Recordings/Pbx.GetRecordingRepositorySettings()',
      role: 'owner',
      handle: () =>
        ok({
          AutoDeleteRecordingEnabled: false,
          AutoDeleteRecordingDays: 0,
          IsRecordingArchiveEnabled: false,
          RecordingsQuota: 10,
        }),
    },
  ];
}

function recordingView(recording: Recording, { clock, settings, directory }: XapiParts) {
  const { id, cdr, leg, agent } = recording;
  const text = textOf(recording, clock.now());
  const outside = cdr.direction === 'Inbound' ? 'From' : 'To';
  const did = { FromDidNumber: '', ToDidNumber: '', [`${outside}DidNumber`]: cdr.did };
  return {
    Id: id,
    CallType: CALL_TYPE[cdr.direction],
    StartTime: new Date(leg.answeredAt ?? leg.startedAt).toISOString(),
    EndTime: new Date(leg.endedAt).toISOString(),
    FromDn: leg.from.dn,
    FromDnType: leg.from.kind === 'external' ? 13 : 0,
    FromCallerNumber: leg.from.callerId,
    FromDisplayName: leg.from.name,
    FromCrmContact: '',
    FromIdParticipant: 1,
    ToDn: leg.dn,
    ToDnType: leg.kind === 'external' ? 13 : 0,
    ToCallerNumber: leg.kind === 'external' ? cdr.number : leg.dn,
    ToDisplayName: directory.nameOf(leg.dn),
    ToCrmContact: '',
    ToIdParticipant: 2,
    ...did,
    RefParticipantId: 2,
    RecordingUrl: recordingPath(agent, id),
    ArchivedUrl: null,
    IsArchived: false,
    ...(settings.since(8) ? { CanBeTranscribed: text === undefined } : {}),
    ...(settings.since(7) ? { IsTranscribed: text !== undefined } : {}),
    TranscriptionResult: text === undefined ? 0 : 1,
    ...textView(text),
  };
}

const CALL_TYPE = { Inbound: 'InboundExternal', Outbound: 'OutboundExternal', Internal: 'Local' } as const;

function sendAudio(response: Response, audio: Buffer, range: string | undefined, ranges: boolean): void {
  response.type('audio/x-wav');
  if (ranges) response.set('accept-ranges', 'bytes');
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (match === null) return void response.end(audio);
  const start = Number(match[1]);
  const end = match[2] === '' ? audio.length - 1 : Math.min(Number(match[2]), audio.length - 1);
  if (start > end) return void response.status(416).set('content-range', `bytes */${audio.length}`).end();
  response.status(206).set('content-range', `bytes ${start}-${end}/${audio.length}`);
  response.end(audio.subarray(start, end + 1));
}
