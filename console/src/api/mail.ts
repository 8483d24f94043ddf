import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { address, ask, Problem } from './client.ts';
import type { SenderProof } from './sender-proof.ts';

/** Writing, reading and finding mail: doors of plugins/mail for members. */

export interface Mailbox {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  readonly name: string;
  readonly address: string;
  /** False: it is paused, or wants a new password or sign-in. */
  readonly isActive: boolean;
  readonly signature: string;
  readonly undoSeconds: number;
}

export interface Contact {
  readonly personId: string | null;
  readonly name: string;
  readonly address: string | null;
  readonly role: 'contact' | 'location' | 'customer' | 'participant';
  readonly trouble: { readonly state: 'failing' | 'unreachable' | 'do-not-mail'; readonly reason: string } | null;
}

/** What belongs to a case and can be attached: files of its mails, and recordings of its calls that one may hear. */
export type HeldFile = (
  | { readonly kind: 'received' | 'sent'; readonly mailId: string; readonly section: string }
  | { readonly kind: 'recording'; readonly callId: string; readonly recordingId: string }
) & { readonly name: string; readonly bytes: number; readonly at: string };

/** What people have put to it in Twenty. It has to be brought to the hub before it can go. */
export interface AttachedFile {
  readonly kind: 'attached';
  readonly attachmentId: string;
  readonly fileId: string;
  readonly name: string;
  /** Empty where Twenty does not say. */
  readonly by: string;
  readonly at: string;
}

export type CaseFile = HeldFile | AttachedFile;

export interface AboutCase {
  readonly caseId: string;
  readonly number: string;
  readonly subject: string;
  readonly contacts: readonly Contact[];
  readonly fields: Readonly<Record<string, string>>;
  readonly files: readonly CaseFile[];
}

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly subject: string;
  readonly text: string;
  readonly changedBy: string;
  readonly changedAt: string;
}

/** As the hub takes it. */
export interface MailRequest {
  readonly requestId: string;
  readonly mailboxId?: string;
  readonly about: { readonly caseId: string } | { readonly malfunctionId: string; readonly caseIds: readonly string[] };
  readonly to: 'contact' | readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly (
    | { readonly upload: string; readonly name: string }
    | { readonly mailId: string; readonly kind?: 'received' | 'sent'; readonly section: string }
    | { readonly callId: string; readonly recordingId: string }
  )[];
  readonly sendAt?: string;
}

export interface PreviewedMail {
  readonly caseId: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly bytes: number;
  readonly missing: readonly string[];
  readonly warnings: readonly string[];
}

export interface LeftOut {
  readonly caseId: string;
  readonly reason: 'no-contact' | 'no-address' | 'do-not-mail' | 'unreachable' | 'not-there';
  readonly detail: string;
}

export interface Preview {
  readonly mails: readonly PreviewedMail[];
  readonly leftOut: readonly LeftOut[];
}

export interface Accepted {
  readonly requestId: string;
  readonly mails: readonly { readonly mailId: string; readonly caseId: string }[];
  readonly leftOut: readonly LeftOut[];
  readonly goesAt: string;
}

export interface Person {
  readonly name: string;
  readonly address: string;
}

export interface Recipient {
  readonly address: string;
  readonly role: 'to' | 'cc' | 'bcc';
  readonly state: 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown' | 'undone';
  readonly answer: string;
  readonly bouncedAt: string | null;
  readonly bounceReason: string;
}

export interface SentMail {
  readonly id: string;
  readonly requestId: string;
  readonly authorId: string | null;
  readonly authorName: string;
  readonly caseId: string | null;
  readonly case: { readonly id: string; readonly number: string; readonly subject: string } | null;
  readonly malfunctionId: string | null;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly subject: string;
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[];
  readonly state: 'waiting' | 'going' | 'done' | 'undone';
  readonly waitsForMailbox: boolean;
  readonly goesAt: string;
  readonly createdAt: string;
  readonly recipients: readonly Recipient[];
}

interface ReceivedFile {
  readonly name: string;
  readonly safeName: string;
  readonly bytes: number;
  readonly inline: boolean;
  readonly section: string;
}

export interface WholeReceived {
  readonly kind: 'received';
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly replyText: string;
  readonly hasHtml: boolean;
  readonly hasRemotePictures: boolean;
  readonly at: string;
  readonly from: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly replyTo: readonly Person[];
  readonly proof?: SenderProof | null;
  readonly attachments: readonly ReceivedFile[];
}

export interface WholeSent {
  readonly kind: 'sent';
  readonly id: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly quote: string;
  readonly createdAt: string;
  readonly from: Person;
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly bcc: readonly Person[];
  readonly attachments: readonly { readonly name: string; readonly bytes: number }[];
}

export type WholeMail = WholeReceived | WholeSent;

const member = (path: string) => `/tenants/{tenant}/plugins/mail/member${path}` as const;

type Query = Readonly<Record<string, string | number | undefined>>;

const get = async <T>(tenant: string, path: string, query: Query, signal: AbortSignal) =>
  await ask<T>('GET', member(path), { params: { tenant }, query, signal });

const post = async <T>(tenant: string, path: string, body: object) =>
  await ask<T>('POST', member(path), { params: { tenant }, body });

/** Null where the workspace has no mail. */
export const mailboxesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mailboxes', tenant],
    queryFn: async ({ signal }) => {
      try {
        return (await get<{ mailboxes: readonly Mailbox[] }>(tenant, '/compose/mailboxes', {}, signal)).mailboxes;
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    staleTime: 30_000,
  });

export const aboutQuery = (tenant: string, caseId: string) =>
  queryOptions({
    queryKey: ['mail-about', tenant, caseId],
    queryFn: async ({ signal }) => await get<AboutCase>(tenant, '/compose/about', { caseId }, signal),
    staleTime: 30_000,
    enabled: caseId !== '',
  });

export const templatesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mail-templates', tenant],
    queryFn: async ({ signal }) =>
      await get<{ templates: readonly Template[]; fields: readonly string[] }>(tenant, '/templates', {}, signal),
    staleTime: 30_000,
  });

export const saveTemplate = async (tenant: string, template: Pick<Template, 'id' | 'name' | 'subject' | 'text'>) =>
  await post<{ id: string }>(tenant, '/templates/save', template);

export const removeTemplate = async (tenant: string, id: string) => await post(tenant, '/templates/remove', { id });

/** What would be sent; asked anew for every change of the request. */
export const previewQuery = (tenant: string, request: MailRequest | undefined) =>
  queryOptions({
    queryKey: ['mail-preview', tenant, request],
    queryFn: async ({ signal }) =>
      await ask<Preview>('POST', member('/compose/preview'), { params: { tenant }, body: request, signal }),
    enabled: request !== undefined,
    retry: false,
  });

/** Where a form with the request in `mail` gets the HTML as a page. */
export const previewPage = (tenant: string) => address(member('/compose/preview/page'), { tenant });

export const sendMail = async (tenant: string, request: MailRequest) =>
  await post<Accepted>(tenant, '/compose/send', request);

export const undoMail = async (tenant: string, requestId: string, mailId?: string) =>
  await post<{ undone: readonly string[]; tooLate: readonly string[] }>(tenant, '/compose/undo', {
    requestId,
    ...(mailId === undefined ? {} : { mailId }),
  });

export const tryMailAgain = async (tenant: string, requestId: string) =>
  await post<{ mails: number }>(tenant, '/compose/again', { requestId });

/** Bytes as they are. @throws Problem */
export async function uploadFile(tenant: string, file: File): Promise<{ upload: string; bytes: number }> {
  const response = await fetch(address(member('/compose/upload'), { tenant }), {
    method: 'POST',
    credentials: 'same-origin',
    headers: { accept: 'application/json', 'content-type': 'application/octet-stream' },
    body: file,
  });
  const answer = (await response.json().catch(() => undefined)) as
    | { upload: string; bytes: number; error?: { code: string; message: string; remedy?: string } }
    | undefined;
  if (response.ok && answer !== undefined) return answer;
  throw new Problem(response.status, answer?.error ?? { code: 'unknown', message: response.statusText });
}

/** From then on it is like an upload. */
export const takeFile = async (tenant: string, { attachmentId, fileId }: AttachedFile) =>
  await post<{ upload: string; bytes: number; name: string }>(tenant, '/compose/take-file', { attachmentId, fileId });

export const wholeMailQuery = (tenant: string, kind: 'received' | 'sent', id: string) =>
  queryOptions({
    queryKey: ['mail', tenant, kind, id],
    queryFn: async ({ signal }) => await get<WholeMail>(tenant, '/mails/one', { kind, id }, signal),
    staleTime: 60_000,
  });

/** The mail as a page for a sandboxed frame. */
export const mailPage = (
  tenant: string,
  { id, kind, images }: { readonly id: string; readonly kind: 'received' | 'sent'; readonly images: 'own' | 'all' },
) => address(member('/mails/html'), { tenant }, { id, kind, images });

export const attachmentLink = (
  tenant: string,
  { id, kind, section }: { readonly id: string; readonly kind: 'received' | 'sent'; readonly section: string },
) => address(member('/mails/attachment'), { tenant }, { id, kind, section });

export const sourceLink = (tenant: string, kind: 'received' | 'sent', id: string) =>
  address(member('/mails/source'), { tenant }, { id, kind });

export const sentStates = ['waiting', 'sent', 'failed', 'bounced', 'unknown', 'undone'] as const;

export interface SentFilter {
  readonly search?: string;
  readonly state?: (typeof sentStates)[number];
  readonly authorId?: string;
}

/** What the address of the list says; addresses are typed by people. */
export interface SentSearch {
  readonly search?: string;
  readonly state?: string;
  readonly authorId?: string;
}

interface SentPage {
  readonly mails: readonly SentMail[];
  /** What the next page is asked for with; null at the end. */
  readonly next: string | null;
}

const SENT_PAGE = 50;
const freshMs = 5_000;

/** Null where the workspace has no mail. */
export const sentQuery = (tenant: string, filter: SentFilter) =>
  infiniteQueryOptions({
    queryKey: ['mail-sent', tenant, filter],
    queryFn: async ({ pageParam, signal }) => {
      try {
        const query = { ...filter, before: pageParam, limit: SENT_PAGE };
        return await get<SentPage>(tenant, '/sent', query, signal);
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page?.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) > 1 ? false : freshMs),
  });

export const authorsQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mail-authors', tenant],
    queryFn: async ({ signal }) =>
      (
        await get<{ authors: readonly { readonly id: string; readonly name: string }[] }>(
          tenant,
          '/sent/authors',
          {},
          signal,
        )
      ).authors,
    staleTime: 60_000,
  });

const MOST_OF_A_REQUEST = 1000;

/** All mails of one click; asked anew while something of it is under way. */
export const requestQuery = (tenant: string, requestId: string) =>
  queryOptions({
    queryKey: ['mail-request', tenant, requestId],
    queryFn: async ({ signal }) =>
      (await get<SentPage>(tenant, '/sent', { requestId, limit: MOST_OF_A_REQUEST }, signal)).mails,
    refetchInterval: ({ state }) => {
      const isDone = state.data?.every((one) => one.state === 'done' || one.state === 'undone') === true;
      return isDone ? freshMs * 2 : freshMs / 5;
    },
  });
