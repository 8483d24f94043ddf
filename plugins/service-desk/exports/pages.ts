import type { CrmRecord, MemberReader, Moment, MomentSource } from '@switchboard/core/contract';

/** What the mirror gives at most at once. */
const PAGE = 200;

/** A whole list, the newest first, page by page: each follows the one before by its last record. */
export async function* momentsOf(
  crm: Pick<MemberReader, 'newest'>,
  sources: readonly MomentSource[],
): AsyncGenerator<readonly Moment[]> {
  let before: { at: string; id: string } | undefined;
  for (;;) {
    const page = await crm.newest(sources, { limit: PAGE, ...(before === undefined ? {} : { before }) });
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < PAGE) return;
    before = { at: last.at, id: last.record.id };
  }
}

export const recordsOf = (page: readonly Moment[]): readonly CrmRecord[] => page.map(({ record }) => record);
