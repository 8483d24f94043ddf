import { createHash } from 'node:crypto';
import type { ReadRights } from '../contract/index.ts';
import type { Entry } from './read.ts';
import type { Topics } from './topics.ts';

/** A member as the live feed knows one, with what the member's Twenty role may read. */
export interface Viewer extends ReadRights {
  readonly tenantId: string;
  readonly memberId: string;
  /** Equal for equal rights: members who have the same are shown the same of an item. */
  readonly rights: string;
}

/** Who looks at what. */
export interface Scope {
  readonly tenantId: string;
  readonly memberId: string;
  readonly viewer: Viewer;
  /** Those asked for that the member may read. */
  readonly topics: readonly string[];
  /** Equal for equal scopes: what was seen in one is no ground for a difference in another. */
  readonly fingerprint: string;
  /** What an entry is to this member: to be shown, to be taken away in case it was shown before, or nothing. */
  readonly judge: (entry: Entry) => 'show' | 'withdraw' | undefined;
}

export function createScope(viewer: Viewer, asked: readonly string[], topics: Topics): Scope {
  const { tenantId, memberId, rights, sees } = viewer;
  const mayRead = (name: string): boolean => {
    const object = topics.find(name)?.object;
    return object === undefined || sees(object);
  };
  const granted = [...new Set(asked)].filter(mayRead).sort();
  const visible = new Set(granted);
  const isAmong = (members: ReadonlySet<string> | null) => members === null || members.has(memberId);
  return {
    tenantId,
    memberId,
    viewer,
    topics: granted,
    fingerprint: createHash('sha256')
      .update(JSON.stringify([tenantId, memberId, granted, rights]))
      .digest('base64url')
      .slice(0, 12),
    judge(entry) {
      if (!visible.has(entry.topic)) return undefined;
      if (!entry.removed && isAmong(entry.members)) return 'show';
      return isAmong(entry.seenBy) ? 'withdraw' : undefined;
    },
  };
}

/** The id of an event: what one has seen, and as who. */
export function formatId(version: number, { fingerprint }: Scope): string {
  return `${version}.${fingerprint}`;
}

/** @returns the version, or undefined when the id is not of this scope */
export function parseId(id: string | undefined, { fingerprint }: Scope): number | undefined {
  const [, version, of] = /^(\d{1,15})\.([\w-]+)$/.exec(id ?? '') ?? [];
  return of === fingerprint ? Number(version) : undefined;
}
