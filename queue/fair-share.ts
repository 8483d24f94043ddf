import type { Lane } from './job-type.ts';

/** The beginning of what one owner has waiting for one tenant in one lane, in order. */
export type Line<Candidate> = {
  readonly lane: Lane;
  readonly tenant: string;
  readonly owner: string;
  readonly candidates: readonly Candidate[];
};

export type LaneRoom = {
  /** How many more jobs the lane takes. */
  readonly free: number;
  /** How many a tenant may have queued and running in it. */
  readonly perTenant: number;
  /** How many each tenant has queued and running in it. */
  readonly active: ReadonlyMap<string, number>;
};

/**
 * Chooses what runs next in one lane: always from the tenant that has least queued and running, and within a tenant from its
 * owners in turn. So whoever has ten jobs waits for about ten turns, whoever else has ten thousand.
 *
 * @returns in the order in which they shall run
 */
export function chooseFairly<Candidate extends { readonly dueAt: Date }>(
  lines: readonly Line<Candidate>[],
  { free, perTenant, active }: LaneRoom,
): readonly Candidate[] {
  const tenants = Map.groupBy(lines, ({ tenant }) => tenant);
  const ranked = [...tenants].flatMap(([tenant, own]) => {
    const before = active.get(tenant) ?? 0;
    return takeTurns(own.map(({ candidates }) => candidates))
      .slice(0, Math.max(perTenant - before, 0))
      .map((candidate, index) => ({ candidate, rank: before + index }));
  });
  return ranked
    .sort((a, b) => a.rank - b.rank || a.candidate.dueAt.getTime() - b.candidate.dueAt.getTime())
    .slice(0, free)
    .map(({ candidate }) => candidate);
}

/** The first of each list, then the second of each, and so on. */
function takeTurns<T>(lists: readonly (readonly T[])[]): readonly T[] {
  const longest = Math.max(0, ...lists.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => lists.flatMap((list) => list.slice(turn, turn + 1))).flat();
}
