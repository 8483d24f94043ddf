import type { MemberReader } from '@switchboard/core/contract';
import { linkOf } from '../malfunctions/call-state.ts';
import { casesOf } from '../malfunctions/members.ts';
import type { Context } from '../services.ts';
import { linksOf } from './links.ts';
import { mergedInto, mergeOf, survivorOf } from './store.ts';
import { UNDO_DAYS } from './undo.ts';

/** A case that another one has to do with, as far as the member may see it. */
export interface Related {
  readonly id: string;
  readonly name: string;
  readonly status: string | null;
  /** As seen from the page: `parent-of` and `duplicated-by` are the other ends of `child-of` and `duplicate-of`. */
  readonly relation:
    | 'merged-into'
    | 'merged'
    | 'split-from'
    | 'related'
    | 'child-of'
    | 'parent-of'
    | 'duplicate-of'
    | 'duplicated-by'
    | 'follows'
    | 'followed-by';
  /** Where it can be taken back. */
  readonly mergeId: string | null;
}

const otherEnds = {
  related: 'related',
  'child-of': 'parent-of',
  'duplicate-of': 'duplicated-by',
  follows: 'followed-by',
} as const;

const DAY_MS = 86_400_000;

export async function relationsOf(
  { tables, clock }: Pick<Context, 'tables' | 'clock'>,
  crm: MemberReader,
  caseId: string,
): Promise<Related[]> {
  const now = clock.now();
  const [own, merged, links, survivor] = await Promise.all([
    mergeOf(tables, caseId),
    mergedInto(tables, caseId),
    linksOf(tables, caseId),
    survivorOf(tables, caseId),
  ]);
  const current = (await casesOf({ tables, crm, now }, [caseId])).get(caseId);
  const into = own === undefined ? linkOf(current, 'mergedIntoId') : survivor;
  const back = (merge: { readonly id: string; readonly at: Date }) =>
    now - merge.at.getTime() <= UNDO_DAYS * DAY_MS ? merge.id : null;
  const splitFrom = linkOf(current, 'splitFromId');
  const all: Omit<Related, 'name' | 'status'>[] = [
    ...(into === null
      ? []
      : [{ id: into, relation: 'merged-into' as const, mergeId: own === undefined ? null : back(own) }]),
    ...merged.map((merge) => ({ id: merge.caseId, relation: 'merged' as const, mergeId: back(merge) })),
    ...links.map(({ fromId, toId, kind }) =>
      fromId === caseId
        ? { id: toId, relation: kind, mergeId: null }
        : { id: fromId, relation: otherEnds[kind], mergeId: null },
    ),
  ];
  const isKnown = all.some(({ id }) => id === splitFrom);
  if (splitFrom !== null && !isKnown) all.push({ id: splitFrom, relation: 'split-from', mergeId: null });
  const cases = await casesOf(
    { tables, crm, now },
    all.map(({ id }) => id),
  );
  const sees = await crm.sees('serviceCase', 'name');
  return all.flatMap((one) => {
    const record = cases.get(one.id);
    // What was deleted, or is not for the member to see, has nothing to do with it any more.
    if (record === undefined || !sees) return [];
    return [{ ...one, name: linkOf(record, 'name') ?? '', status: linkOf(record, 'status') }];
  });
}
