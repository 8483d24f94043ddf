import { type MailboxRules, mailboxRules } from '../mailbox-rules.ts';
import { type MailboxSettings, mailboxSettings } from './settings.ts';

export type SignIn = 'password' | 'google' | 'microsoft';
export type MailboxState = 'active' | 'paused' | 'needs-authorisation';

/** A mailbox of the tenant. What is secret about it lies in the vault. */
export type Mailbox = {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  /** The member whose own it is. */
  readonly ownerId: string | undefined;
  /** The name beside the address in From. */
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly settings: MailboxSettings;
  readonly rules: MailboxRules;
  readonly state: MailboxState;
  /** Why it is not active, for the admin. */
  readonly stateReason: string;
  /** False while somebody has to act, such as to enter a new password. */
  readonly isActive: boolean;
  /** Of the sign-in with Google or Microsoft that is in force. */
  readonly grantId: string | undefined;
  /** Mail that was received before is history. */
  readonly liveFrom: Date;
  readonly lastSuccessAt: Date | undefined;
  readonly lastError: string;
  readonly lastRemedy: string;
  readonly lastErrorAt: Date | undefined;
  /** Since when it is known that nothing is heard of it. */
  readonly silentSince: Date | undefined;
  readonly createdAt: Date;
  /** Changes with the settings and the state, not with every success. */
  readonly updatedAt: Date;
};

export type MailboxRow = {
  readonly id: string;
  readonly kind: 'desk' | 'member';
  readonly owner_member_id: string | null;
  readonly name: string;
  readonly address: string;
  readonly auth: SignIn;
  readonly settings: unknown;
  readonly rules: unknown;
  readonly state: MailboxState;
  readonly state_reason: string;
  readonly grant_id: string | null;
  readonly live_from: Date;
  readonly last_success_at: Date | null;
  readonly last_error: string;
  readonly last_remedy: string;
  readonly last_error_at: Date | null;
  readonly silent_since: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
};

export function toMailbox(row: MailboxRow): Mailbox {
  return {
    id: row.id,
    kind: row.kind,
    ownerId: row.owner_member_id ?? undefined,
    name: row.name,
    address: row.address,
    auth: row.auth,
    settings: mailboxSettings.parse(row.settings),
    rules: mailboxRules.parse(row.rules),
    state: row.state,
    stateReason: row.state_reason,
    isActive: row.state === 'active',
    grantId: row.grant_id ?? undefined,
    liveFrom: row.live_from,
    lastSuccessAt: row.last_success_at ?? undefined,
    lastError: row.last_error,
    lastRemedy: row.last_remedy,
    lastErrorAt: row.last_error_at ?? undefined,
    silentSince: row.silent_since ?? undefined,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** Mail servers tell in whole seconds when they took a message. */
export function wholeSecond(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 1000) * 1000);
}
