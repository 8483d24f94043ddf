import type { CrmMatch, CrmRecord } from '@switchboard/core/contract';
import { displayName } from '../contact-card.ts';
import { linkOf } from '../match.ts';

/**
 * Orders those who share a number by how likely they are to call: who called last comes first, then who has an open case, then people before
 * places, then by name.
 *
 * @param calls the latest calls of the number, newest first
 */
export function rank(
  candidates: readonly CrmMatch[],
  calls: readonly CrmRecord[],
  openCases: readonly CrmRecord[],
): (CrmMatch & { lastCallAt: string | null })[] {
  const column = ({ object }: CrmMatch) => (object === 'location' ? 'locationId' : 'personId');
  const isOf = (match: CrmMatch) => (record: CrmRecord) => linkOf(record, column(match)) === match.record.id;
  return candidates
    .map((match) => {
      const at = calls.find(isOf(match))?.['startedAt'];
      return { ...match, lastCallAt: typeof at === 'string' ? new Date(at).toISOString() : null };
    })
    .map((match) => ({ match, hasCase: openCases.some(isOf(match)) }))
    .toSorted(
      (one, other) =>
        (other.match.lastCallAt ?? '').localeCompare(one.match.lastCallAt ?? '') ||
        Number(other.hasCase) - Number(one.hasCase) ||
        Number(one.match.object === 'location') - Number(other.match.object === 'location') ||
        displayName(one.match.record).localeCompare(displayName(other.match.record)),
    )
    .map(({ match }) => match);
}
