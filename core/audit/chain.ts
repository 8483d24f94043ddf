import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** What one entry of the audit log says, and what its hash covers. */
export interface AuditFacts {
  /** A tenant's id, or `hub` for what concerns no tenant. */
  readonly chain: string;
  /** 1 for the first entry of a chain, without gaps. */
  readonly sequence: number;
  readonly at: Date;
  /** Who did it: `operator`, `cli`, `system`, or a member's address. */
  readonly actor: string;
  /** What was done: `tenant.create`, `plugin.enable`. */
  readonly action: string;
  /** What it was done to: `plugin/threecx`. */
  readonly subject: string;
  readonly details: Readonly<Record<string, unknown>>;
}

/** The hash before the first entry. */
export const chainStart = '0'.repeat(64);

/** Changing, removing or swapping any entry changes the hash of every later one. */
export function hashEntry(previousHash: string, { at, ...facts }: AuditFacts): string {
  return hashLink(previousHash, { ...facts, at: at.toISOString() });
}

/** The hash of one link of a chain, over its facts as JSON in one form (RFC 8785) and the hash before it. */
export function hashLink(previousHash: string, facts: object): string {
  const text = canonicalize(facts) ?? '';
  return createHash('sha256').update(previousHash).update('\n').update(text).digest('hex');
}
