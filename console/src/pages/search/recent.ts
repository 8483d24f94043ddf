import type { HitKind } from '../../api/find.ts';

/** What somebody opened last, in this browser. */
export interface Opened {
  readonly kind: HitKind;
  readonly id: string;
  readonly title: string;
}

const MOST = 8;
const nameOf = (tenant: string, memberId: string) => `switchboard.opened.${tenant}.${memberId}`;

export function lastOpened(tenant: string, memberId: string): readonly Opened[] {
  try {
    return JSON.parse(localStorage.getItem(nameOf(tenant, memberId)) ?? '[]') as Opened[];
  } catch {
    return [];
  }
}

export function noteOpened(tenant: string, memberId: string, opened: Opened): void {
  const others = lastOpened(tenant, memberId).filter(({ id }) => id !== opened.id);
  try {
    localStorage.setItem(nameOf(tenant, memberId), JSON.stringify([opened, ...others].slice(0, MOST)));
  } catch {
    // Without storage nothing is remembered.
  }
}
