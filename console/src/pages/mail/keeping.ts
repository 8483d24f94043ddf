import type { Draft } from './draft.ts';

/** A mail that was sent a moment ago: what takes it back, and what it was. */
export interface JustSent {
  readonly requestId: string;
  /** ISO 8601 */
  readonly goesAt: string;
  readonly draft: Draft;
}

export interface KeptMail {
  readonly draft: Draft | undefined;
  readonly sent: JustSent | undefined;
}

const nothing: KeptMail = { draft: undefined, sent: undefined };

/** What somebody writes about one case or folder, beyond a reload: of one member in one workspace. */
export function createMailKeeping(tenant: string, memberId: string, about: string) {
  const name = `switchboard.mail.${tenant}.${memberId}.${about}`;
  return {
    load(): KeptMail {
      try {
        return { ...nothing, ...(JSON.parse(localStorage.getItem(name) ?? '{}') as Partial<KeptMail>) };
      } catch {
        return nothing;
      }
    },
    save(kept: KeptMail): void {
      try {
        if (kept.draft === undefined && kept.sent === undefined) localStorage.removeItem(name);
        else localStorage.setItem(name, JSON.stringify(kept));
      } catch {
        // No room, or storage is forbidden: the page works without, and forgets with a reload.
      }
    },
  };
}

/** Whether this member has a mail about it that is not finished. */
export function isWritingAbout(tenant: string, memberId: string, about: string): boolean {
  const { draft, sent } = createMailKeeping(tenant, memberId, about).load();
  return draft !== undefined || sent !== undefined;
}
