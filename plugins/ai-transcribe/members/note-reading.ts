import { createHash } from 'node:crypto';
import type { AuditNote, MemberRequest } from '@switchboard/core/contract';
import type { Context } from '../services.ts';

/** A page asks again and again for what it shows; within this time that is one reading. */
const ONE_READING_MS = 10 * 60_000;

type Reading = Pick<AuditNote, 'action' | 'subject' | 'details'> & {
  /** What tells two readings of one thing apart, such as the words that were looked for. It is kept as a hash. */
  readonly of?: string;
};

/** Puts down in the audit log who reads what, before anything is shown. */
export async function noteReading(
  { store, commit, clock }: Context,
  { member }: Pick<MemberRequest, 'member'>,
  { of = '', ...reading }: Reading,
): Promise<void> {
  const name = createHash('sha256')
    .update(JSON.stringify([reading.action, reading.subject, of]))
    .digest('hex');
  const key = `read/${member.id}/${name}`;
  if ((await store.get(key)) !== undefined) return;
  await commit({
    store: [{ key, value: true, expiresAt: new Date(clock.now() + ONE_READING_MS) }],
    audit: [{ actor: member.email, ...reading }],
  });
}
