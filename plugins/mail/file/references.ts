import type { OwnIds } from './own-ids.ts';

/** Ids that a reply can be looked up by. */
const MOST_LOOKED_UP = 20;
const FIRST_KEPT = 4;
const LAST_KEPT = 6;

/** The ids that a mail answers to, the newest first: In-Reply-To, then References from the end. */
export function newestFirst(mail: { readonly inReplyTo: readonly string[]; readonly references: readonly string[] }) {
  const ids = [...mail.inReplyTo, ...mail.references.toReversed()].filter((id) => id !== '');
  return [...new Set(ids)].slice(0, MOST_LOOKED_UP);
}

/**
 * The References of an answer: the chain so far with the id it answers, shortened in the middle, and always the reference of the case,
 * which still leads home when a provider has replaced every Message-ID.
 */
export function referencesFor(
  chain: { readonly references: readonly string[]; readonly messageId: string } | undefined,
  caseReference: string,
  ids: Pick<OwnIds, 'read'>,
): string[] {
  const isOurs = (id: string) => ids.read(id) !== undefined && ids.read(id)?.mailId === undefined;
  const before = [...new Set([...(chain?.references ?? []), chain?.messageId ?? ''])]
    .map(bracketed)
    .filter((id) => id !== '' && !isOurs(id));
  const kept =
    before.length <= FIRST_KEPT + LAST_KEPT ? before : [...before.slice(0, FIRST_KEPT), ...before.slice(-LAST_KEPT)];
  return [caseReference, ...kept];
}

/** Stored ids are bare; header fields want brackets, and nothing that could end the line. */
export function bracketed(id: string): string {
  const bare = id.replaceAll(/[\s<>]/g, '');
  return bare === '' ? '' : `<${bare}>`;
}
