import { queryOptions } from '@tanstack/react-query';
import { ask, Problem } from './client.ts';
import type { CheckLine } from './types.ts';

/** The mailboxes as who manages plugins sees them: the operator's doors of plugins/mail. */

export interface MailServer {
  readonly host: string;
  readonly port: number;
  readonly security: 'tls' | 'starttls';
  /** The address when empty. */
  readonly user: string;
}

export type SignIn = 'password' | 'google' | 'microsoft';

export interface MailboxSettings {
  readonly imap: MailServer;
  readonly smtp: MailServer;
  /** Null: all there is. */
  readonly horizonDays?: number | null;
  /** By their path, beside the inbox and Sent. */
  readonly folders?: readonly string[];
  readonly ca?: string;
}

export interface ManagedMailbox {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  readonly ownerId?: string;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly isSignedIn: boolean;
  readonly isSilent: boolean;
  readonly state: 'active' | 'paused' | 'needs-authorisation';
  readonly stateReason: string;
  readonly settings: MailboxSettings;
  readonly lastSuccessAt?: string;
  /** In the hub's own words. */
  readonly lastError: string;
  readonly lastRemedy: string;
  /** Mails that could not be read. */
  readonly setAside: number;
  readonly missingCopies: number;
  readonly copyDetail: string;
  /** They go back whole. */
  readonly rules: Readonly<Record<string, unknown>> & { readonly signature: string; readonly opensCases: boolean };
}

/** What could be found out about an address. */
interface Found {
  readonly auth: SignIn;
  readonly imap: MailServer;
  readonly smtp: MailServer;
  readonly source: string;
}

interface Owner {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface NewMailbox {
  readonly kind: 'desk' | 'member';
  readonly ownerMemberId?: string;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly password?: string;
  readonly settings: MailboxSettings;
  readonly rules: { readonly opensCases: boolean };
}

const managed = (path: string) => `/tenants/{tenant}/plugins/mail/doors${path}` as const;

const deed = async <T>(tenant: string, path: string, body: object) =>
  await ask<T>('POST', managed(path), { params: { tenant }, body });

export const managedMailboxesQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['managed-mailboxes', tenant],
    queryFn: async ({ signal }) =>
      (
        await ask<{ mailboxes: readonly ManagedMailbox[] }>('GET', managed('/mailboxes'), {
          params: { tenant },
          signal,
        })
      ).mailboxes,
  });

export const ownersQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mailbox-owners', tenant],
    queryFn: async ({ signal }) =>
      (await ask<{ owners: readonly Owner[] }>('GET', managed('/mailboxes/owners'), { params: { tenant }, signal }))
        .owners,
  });

export const detectMailbox = async (tenant: string, address: string) =>
  (await deed<{ found: Found | null }>(tenant, '/mailboxes/detect', { address })).found;

/** Nothing of it is stored. */
export const tryMailbox = async (
  tenant: string,
  wanted: { readonly address: string; readonly password: string; readonly settings: MailboxSettings },
) => (await deed<{ lines: readonly CheckLine[] }>(tenant, '/mailboxes/try', wanted)).lines;

export const addMailbox = async (tenant: string, wanted: NewMailbox) =>
  (await deed<{ mailbox: Pick<ManagedMailbox, 'id'> }>(tenant, '/mailboxes', wanted)).mailbox;

export const changeMailbox = async (
  tenant: string,
  id: string,
  change: Partial<Pick<ManagedMailbox, 'name' | 'rules' | 'settings'>> & { readonly password?: string },
) => await deed(tenant, '/mailboxes/change', { id, ...change });

/** With the password that is stored, or the sign-in. */
export const tryChangedMailbox = async (tenant: string, id: string, settings: MailboxSettings) =>
  (await deed<{ lines: readonly CheckLine[] }>(tenant, '/mailboxes/try-change', { id, settings })).lines;

export const testMailbox = async (tenant: string, id: string) =>
  (await deed<{ lines: readonly CheckLine[] }>(tenant, '/mailboxes/test', { id })).lines;

/** What is done to a mailbox by its id alone. */
export type MailboxDeed = 'pause' | 'resume' | 'copy-again' | 'remove';

export const doToMailbox = async (tenant: string, id: string, what: MailboxDeed) =>
  await deed(tenant, `/mailboxes/${what}`, { id });

/** @returns where its owner signs in */
export const beginSignIn = async (tenant: string, id: string) =>
  (await deed<{ url: string }>(tenant, '/mailboxes/sign-in', { id })).url;

/** A mailbox of which nothing is read or sent until this member signs in, or enters a password. */
export interface UnattendedMailbox {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly isOwn: boolean;
  readonly wasSignedIn: boolean;
}

const member = (path: string) => `/tenants/{tenant}/plugins/mail/member/mailboxes/attention${path}` as const;
const freshMs = 30_000;
/** Somebody is signing in elsewhere. */
const soonMs = 5_000;

/** None where the workspace has no mail, or the hub does not tell: no page waits for it in vain. */
export const unattendedQuery = (tenant: string, hasMail: boolean) =>
  queryOptions({
    queryKey: ['unattended-mailboxes', tenant, hasMail],
    queryFn: async ({ signal }): Promise<readonly UnattendedMailbox[]> => {
      if (!hasMail) return [];
      try {
        const asked = { params: { tenant }, signal };
        return (await ask<{ mailboxes: readonly UnattendedMailbox[] }>('GET', member(''), asked)).mailboxes;
      } catch (error) {
        if (error instanceof Problem) return [];
        throw error;
      }
    },
    staleTime: freshMs,
    refetchInterval: ({ state }) => ((state.data?.length ?? 0) > 0 ? soonMs : freshMs),
  });

export const beginOwnSignIn = async (tenant: string, id: string) =>
  (await ask<{ url: string }>('POST', member('/sign-in'), { params: { tenant }, body: { id } })).url;

export interface PasswordTrial {
  readonly lines: readonly CheckLine[];
  readonly isSaved: boolean;
}

/** @param isCertain it is kept whatever the trial would say */
export const giveOwnPassword = async (tenant: string, id: string, password: string, isCertain: boolean) =>
  await ask<PasswordTrial>('POST', member('/password'), { params: { tenant }, body: { id, password, isCertain } });
