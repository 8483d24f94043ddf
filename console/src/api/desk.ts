import { queryOptions } from '@tanstack/react-query';
import type { Related } from './cases.ts';
import { ask, Problem } from './client.ts';
import type { SenderProof } from './sender-proof.ts';

/** What the desk asks the hub: doors of plugins for members. Shapes are those of plugins/service-desk and plugins/threecx. */

export interface Named {
  readonly id: string;
  readonly name: string;
}

export interface OpenCase extends Named {
  readonly status: string;
  readonly priority: string;
  /** Null without a promise, and once it was answered. */
  readonly responseDueAt: string | null;
  readonly resolveDueAt: string | null;
}

export interface OpenMalfunction extends Named {
  readonly status: string;
  readonly severity: string;
  readonly isMajor: boolean;
  readonly announcement: string;
}

export interface Candidate extends Named {
  readonly object: 'person' | 'location';
  readonly company: string;
  readonly location: string;
  readonly lastCallAt: string | null;
}

export interface Caller {
  readonly matchState: 'MATCHED' | 'AMBIGUOUS' | 'UNKNOWN' | 'SETTLED';
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly candidates: readonly Candidate[];
  readonly openCases: readonly OpenCase[];
  readonly malfunctions: readonly OpenMalfunction[];
  readonly previousCalls: readonly (Named & {
    readonly startedAt: string;
    readonly direction: string;
    readonly outcome: string;
  })[];
  readonly previousCallCount: number;
}

/** An item of the live topic `calls`. */
export interface CallCard extends Caller {
  readonly callId: string;
  readonly state: 'ringing' | 'dialling' | 'talking';
  readonly direction: 'INBOUND' | 'OUTBOUND' | 'INTERNAL';
  readonly phoneNumber: string;
  readonly label: string;
  readonly queue: string;
  readonly startedAt: string;
  readonly answeredAt: string | null;
  readonly agents: readonly { readonly extension: string; readonly memberId: string | null; readonly state: string }[];
}

/** An item of the live topic `case-work`. */
export interface CaseWork {
  readonly people: readonly { readonly memberId: string; readonly name: string; readonly isEditing: boolean }[];
  readonly news: {
    readonly kind: 'changed' | 'noted' | 'clash' | 'deleted';
    readonly byId: string | null;
    readonly by: string;
    readonly fields: readonly string[];
    readonly at: string;
  } | null;
}

export interface CaseDraft extends Caller {
  readonly contract: {
    readonly name: string;
    readonly serviceLevel: string;
    readonly responseMinutes: number | null;
    readonly resolveMinutes: number | null;
  } | null;
  readonly protocol: Named | null;
  readonly fields: Readonly<Record<string, unknown>>;
}

const member = (plugin: 'service-desk' | 'threecx' | 'mail', path: string) =>
  `/tenants/{tenant}/plugins/${plugin}/member${path}` as const;

type Query = Readonly<Record<string, string | undefined>>;

async function get<T>(tenant: string, path: `/${string}`, query: Query, signal?: AbortSignal): Promise<T> {
  return await ask<T>('GET', path, { params: { tenant }, query, ...(signal === undefined ? {} : { signal }) });
}

async function post<T>(tenant: string, path: `/${string}`, body: object): Promise<T> {
  return await ask<T>('POST', path, { params: { tenant }, body });
}

export const draftQuery = (tenant: string, card: CallCard, isLive: boolean) =>
  queryOptions({
    queryKey: ['draft', tenant, card.callId, card.person?.id, card.location?.id],
    queryFn: ({ signal }) => get<CaseDraft>(tenant, member('threecx', '/calls/draft'), { call: card.callId }, signal),
    staleTime: 60_000,
    enabled: isLive,
  });

export const settleCall = async (tenant: string, callId: string, personId: string) =>
  await post(tenant, member('threecx', '/calls/settle'), { callId, personId });

export const callNumber = async (tenant: string, number: string) =>
  await post(tenant, member('threecx', '/phone/call'), { requestId: crypto.randomUUID(), number });

export const hangUp = async (tenant: string, callId: string) =>
  await post(tenant, member('threecx', '/phone/hang-up'), { requestId: crypto.randomUUID(), callId });

export const transferCall = async (tenant: string, callId: string, to: string) =>
  await post(tenant, member('threecx', '/phone/transfer'), { requestId: crypto.randomUUID(), callId, to });

export interface NewCase {
  readonly requestId: string;
  readonly callId?: string;
  readonly isAnother?: boolean;
  /** The case that is over and that this one follows. */
  readonly followsId?: string;
  readonly note: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export type Opened =
  | { readonly outcome: 'opened'; readonly caseId: string; readonly number: string }
  | { readonly outcome: 'call-has-case'; readonly caseId: string };

export const openCase = async (tenant: string, wanted: NewCase) =>
  await post<Opened>(tenant, member('service-desk', '/cases'), wanted);

export interface Attachment {
  readonly requestId: string;
  readonly callId: string;
  readonly to: { readonly caseId: string } | { readonly malfunctionId: string };
  readonly note: string;
  readonly isMove?: boolean;
}

export type Attached = {
  /** `over`: the case is over for good; nothing was changed, and a new one may follow it. */
  readonly outcome: 'attached' | 'filed-elsewhere' | 'over';
  readonly caseId: string | null;
  readonly malfunctionId: string | null;
};

export const attachCall = async (tenant: string, wanted: Attachment) =>
  await post<Attached>(tenant, member('service-desk', '/calls/attach'), wanted);

export interface NewPerson {
  readonly requestId: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly number: string;
  readonly callId?: string;
  readonly locationId?: string;
}

export const makePerson = async (tenant: string, wanted: NewPerson) =>
  await post<{ id: string }>(tenant, member('service-desk', '/people'), wanted);

export const makeLocation = async (
  tenant: string,
  wanted: { readonly requestId: string; readonly name: string; readonly city: string },
) => await post<{ id: string }>(tenant, member('service-desk', '/locations'), wanted);

export interface FoundRecord extends Named {
  /** Whose it is or where, to tell it from others of its name; may be empty. */
  readonly detail: string;
}

export type FindObject = 'person' | 'company' | 'location' | 'asset' | 'contract' | 'serviceCase';

export const findQuery = (tenant: string, object: FindObject, text: string) =>
  queryOptions({
    queryKey: ['find', tenant, object, text],
    queryFn: ({ signal }) =>
      get<{ found: readonly FoundRecord[] }>(tenant, member('service-desk', '/find'), { object, text }, signal),
    enabled: text.trim().length > 1,
    staleTime: 30_000,
  });

export interface RecentCall {
  readonly id: string;
  readonly startedAt: string | null;
  readonly direction: string | null;
  readonly outcome: string | null;
  readonly durationSeconds: number | null;
  readonly phoneNumber: string | null;
  readonly agentName: string | null;
  readonly followedUpAt: string | null;
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
  readonly serviceCase: Named | null;
}

type CallPage = { readonly calls: readonly RecentCall[]; readonly isLast: boolean };

export const recentCalls = async (
  tenant: string,
  which: 'mine' | 'missed',
  before: RecentCall | undefined,
  signal: AbortSignal,
) =>
  await get<CallPage>(
    tenant,
    member('service-desk', '/calls/recent'),
    { which, before: before?.startedAt ?? undefined, beforeId: before?.id },
    signal,
  );

export const oneCallQuery = (tenant: string, callId: string) =>
  queryOptions({
    queryKey: ['call', tenant, callId],
    queryFn: ({ signal }) => get<RecentCall>(tenant, member('service-desk', '/calls/one'), { id: callId }, signal),
  });

export type CaseCall = Omit<RecentCall, 'person' | 'company' | 'location' | 'serviceCase' | 'followedUpAt'>;

export interface ShownCase {
  /** Other cases that it has to do with. */
  readonly relations: readonly Related[];
  readonly caseId: string;
  readonly fields: Readonly<Record<string, string | number | null>>;
  readonly links: Readonly<Record<string, Named>>;
  readonly calls: readonly CaseCall[];
  readonly isEditable: boolean;
  /** Fields that the role may not write all the same. */
  readonly locked: readonly string[];
}

export const caseQuery = (tenant: string, caseId: string) =>
  queryOptions({
    queryKey: ['case', tenant, caseId],
    queryFn: ({ signal }) => get<ShownCase>(tenant, member('service-desk', '/cases/one'), { id: caseId }, signal),
  });

export interface CaseMail {
  readonly id: string;
  readonly kind: 'received' | 'sent';
  readonly at: string;
  readonly from: { readonly name?: string; readonly address: string };
  readonly to: readonly { readonly name: string; readonly address: string }[];
  readonly subject: string;
  readonly excerpt: string;
  readonly state: string;
  readonly recipients: readonly { readonly address: string; readonly state: MailState; readonly answer: string }[];
  /** Of an own mail: by what it is taken back. */
  readonly requestId: string | null;
  readonly goesAt: string | null;
  readonly authorName: string;
  readonly waitsForMailbox: boolean;
  /** Of a received mail; null where nobody has looked, or not yet. */
  readonly proof?: SenderProof | null;
}

type MailState = 'queued' | 'sending' | 'accepted' | 'failed' | 'unknown' | 'undone' | 'bounced';

const MAIL_FRESH_MS = 4000;

/** Nothing where the workspace has no mail. */
export const caseMailQuery = (tenant: string, caseId: string) =>
  queryOptions({
    queryKey: ['case-mail', tenant, caseId],
    queryFn: async ({ signal }) => {
      const path = member('mail', '/cases/mails');
      return await get<{ mails: readonly CaseMail[] }>(tenant, path, { caseId }, signal).catch((error: unknown) => {
        if (error instanceof Problem && (error.status === 404 || error.status === 403)) return { mails: [] };
        throw error;
      });
    },
    // An answer comes when it comes, and is there by itself.
    refetchInterval: MAIL_FRESH_MS,
  });

export interface Clash {
  readonly field: string;
  readonly mine: string | null;
  readonly theirs: string | null;
  readonly by: string;
  readonly at: string | null;
}

export type FieldChange = { readonly from: string | null; readonly to: string | null };

/** @throws Problem with status 409, of which `clashesIn` tells what collided */
export const changeCase = async (
  tenant: string,
  wanted: {
    readonly requestId: string;
    readonly caseId: string;
    readonly changes: Readonly<Record<string, FieldChange>>;
  },
) => await post(tenant, member('service-desk', '/cases/change'), wanted);

export function clashesIn(error: unknown): readonly Clash[] {
  const answer = error instanceof Problem ? (error.answer as { clashes?: readonly Clash[] } | undefined) : undefined;
  return answer?.clashes ?? [];
}

export const addNote = async (
  tenant: string,
  wanted: { readonly requestId: string; readonly caseId: string; readonly text: string },
) => await post(tenant, member('service-desk', '/cases/note'), wanted);

export const notePresence = async (tenant: string, caseId: string, state: 'reading' | 'editing' | 'left') =>
  await post(tenant, member('service-desk', '/cases/presence'), { caseId, state });
