import { type HeldRecording, recordings, sql, thisTenant } from '@switchboard/core/contract';
import type { Context } from '../services.ts';
import { type AttachedFile, attachedFiles } from './attached-files.ts';
import { seesReceived, seesSent } from './visible.ts';
import type { Viewer } from './viewer.ts';

/** What belongs to a case and can go with a mail about it. */
export type CaseFile = MailFile | RecordingFile | AttachedFile;

type MailFile = {
  /** Came with a mail, or went with one of ours. */
  readonly kind: 'received' | 'sent';
  readonly mailId: string;
  /** Of a mail of ours its place in the list, from 0. */
  readonly section: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: Date;
};

type RecordingFile = {
  readonly kind: 'recording';
  readonly callId: string;
  readonly recordingId: string;
  readonly name: string;
  readonly bytes: number;
  readonly at: Date;
};

const MOST_FILES = 200;
const MOST_CALLS = 50;

/** Those that the viewer may see or hear, the newest first. */
export async function filesOfCase(context: Context, viewer: Viewer, caseId: string): Promise<CaseFile[]> {
  const [received, sent, recorded, attached] = await Promise.all([
    receivedFiles(context, viewer, caseId),
    sentFiles(context, viewer, caseId),
    recordedOf(context, viewer, caseId),
    attachedFiles(context, viewer, caseId),
  ]);
  const all: CaseFile[] = [...received, ...sent, ...recorded.map((one) => recordingFile(context, one)), ...attached];
  return all.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, MOST_FILES);
}

async function receivedFiles({ tables }: Context, viewer: Viewer, caseId: string): Promise<MailFile[]> {
  return await tables.query<MailFile>(sql`
    select 'received' as kind, message.id as "mailId", file ->> 'section' as section, file ->> 'safeName' as name,
      coalesce((file ->> 'bytes')::bigint, 0)::float8 as bytes, filing.happened_at as at
    from mail_filing filing
    join mail_message message on message.tenant_id = ${thisTenant} and message.id = filing.message_id
    cross join jsonb_array_elements(message.understood -> 'attachments') file
    where filing.tenant_id = ${thisTenant} and filing.case_id = ${caseId}::uuid and message.attachments > 0
      and filing.outcome in ('case-opened', 'joined', 'reopened', 'followed-up') and ${seesReceived(viewer)}
      and coalesce((file ->> 'inline')::boolean, false) = false and file ->> 'section' <> ''
    order by filing.happened_at desc limit ${MOST_FILES}
  `);
}

async function sentFiles({ tables }: Context, viewer: Viewer, caseId: string): Promise<MailFile[]> {
  return await tables.query<MailFile>(sql`
    select 'sent' as kind, mail.id as "mailId", (place - 1)::text as section, file ->> 'name' as name,
      coalesce((file ->> 'bytes')::bigint, 0)::float8 as bytes, mail.created_at as at
    from mail_outgoing mail
    cross join jsonb_array_elements(mail.attachments) with ordinality as listed (file, place)
    where mail.tenant_id = ${thisTenant} and mail.case_id = ${caseId}::uuid and mail.state <> 'undone' and ${seesSent(viewer)}
    order by mail.created_at desc limit ${MOST_FILES}
  `);
}

async function recordedOf(context: Context, viewer: Viewer, caseId: string): Promise<HeldRecording[]> {
  const { crm } = viewer;
  const held = context.capability(recordings);
  if (crm === undefined || held === undefined || !(await viewer.hearsRecordings())) return [];
  const calls = await crm.findBy('phoneCall', 'serviceCaseId', caseId, MOST_CALLS);
  return await held.ofCalls(calls.map(({ id }) => id));
}

function recordingFile({ tenant }: Context, held: HeldRecording): RecordingFile {
  const { callId, recordingId, bytes, startedAt } = held;
  const name = recordingName(held, tenant.timeZone);
  return { kind: 'recording', callId, recordingId, name, bytes, at: new Date(startedAt) };
}

const endings: Readonly<Record<string, string>> = { 'audio/mpeg': 'mp3', 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' };

/** As whoever gets it finds it: by the day and the time of the call. */
export function recordingName({ startedAt, mimeType }: HeldRecording, timeZone: string): string {
  const words = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short', timeStyle: 'medium', timeZone });
  const when = words.format(new Date(startedAt)).replaceAll(':', '-').replaceAll(' ', '-');
  return `call-${when}.${endings[mimeType] ?? 'wav'}`;
}
