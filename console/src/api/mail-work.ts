import { queryOptions } from '@tanstack/react-query';
import { address, ask, Problem } from './client.ts';
import type { Person, Recipient } from './mail.ts';
import type { SenderProof } from './sender-proof.ts';

/** Mails that wait for a person: doors of plugins/mail. */

const member = (path: string) => `/tenants/{tenant}/plugins/mail/member${path}` as const;

export interface UnclearMail {
  readonly id: string;
  readonly subject: string;
  readonly fromName: string;
  readonly fromAddress: string;
  readonly at: string;
  readonly excerpt: string;
  readonly why: string;
  readonly relatedCaseId: string | null;
  readonly proof?: SenderProof | null;
  readonly relatedCase: { readonly id: string; readonly number: string; readonly subject: string } | null;
}

export interface LostMail {
  readonly id: string;
  readonly subject: string;
  readonly caseId: string | null;
  readonly to: readonly Person[];
  readonly createdAt: string;
  readonly authorName: string;
  readonly recipients: readonly Recipient[];
}

export interface Look {
  readonly unverified: readonly UnclearMail[];
  readonly lost: readonly LostMail[];
  /** Whether the own role may put mails into cases, or open cases for them. */
  readonly mayFile: boolean;
}

/** Null where the workspace has no mail. */
export const lookQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mail-look', tenant, 'all'],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Look>('GET', member('/look'), { params: { tenant }, signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: 15_000,
  });

export const settleMail = async (
  tenant: string,
  wanted: {
    readonly messageId: string;
    readonly decision: 'belongs' | 'new-case' | 'reject';
    readonly caseId?: string;
  },
) => await ask<{ caseId: string | null }>('POST', member('/look/settle'), { params: { tenant }, body: wanted });

export const decideLost = async (tenant: string, mailId: string, decision: 'arrived' | 'send-again') =>
  await ask('POST', member('/sent/decide'), { params: { tenant }, body: { mailId, decision } });

/** A mail that could not be read; what is known of it only for who may read its mailbox. */
export interface AsideMail {
  readonly id: string;
  /** Empty for one that was removed. */
  readonly mailbox: string;
  readonly receivedAt: string;
  readonly bytes: number;
  /** In English; texts for it are found by its code. */
  readonly problem: string;
  readonly problemCode: string;
  readonly from: string;
  readonly subject: string;
  readonly mayRead: boolean;
  readonly mayDiscard: boolean;
  readonly discarded: { readonly until: string; readonly by: string; readonly reason: string } | null;
}

export interface Aside {
  readonly mails: readonly AsideMail[];
  /** Those that can still be taken back. */
  readonly discarded: readonly AsideMail[];
  readonly mayRetryAll: boolean;
}

/** Null where the workspace has no mail. */
export const asideQuery = (tenant: string) =>
  queryOptions({
    queryKey: ['mail-aside', tenant],
    queryFn: async ({ signal }) => {
      try {
        return await ask<Aside>('GET', member('/aside'), { params: { tenant }, signal });
      } catch (error) {
        if (error instanceof Problem && error.status === 404) return null;
        throw error;
      }
    },
    refetchInterval: 15_000,
  });

/** @param id undefined: all of them */
export const readAgain = async (tenant: string, id: string | undefined) =>
  await ask('POST', member('/aside/retry'), { params: { tenant }, body: id === undefined ? {} : { id } });

export const discardAside = async (tenant: string, id: string, reason: string) =>
  await ask('POST', member('/aside/discard'), { params: { tenant }, body: { id, reason } });

export const restoreAside = async (tenant: string, id: string) =>
  await ask('POST', member('/aside/restore'), { params: { tenant }, body: { id } });

export const asideLink = (tenant: string, id: string) => address(member('/aside/source'), { tenant }, { id });
