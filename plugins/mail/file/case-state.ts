import type { CrmReader, CrmRecord } from '@switchboard/core/contract';

const closed = new Set(['RESOLVED', 'CLOSED', 'CANCELLED']);

export function isClosed(serviceCase: CrmRecord): boolean {
  return closed.has(String(serviceCase['status']));
}

/** More often than that nobody merges; a circle ends there too. */
const MOST_MERGES = 10;

/** The cases themselves, or those that they were merged into, by the id that was asked for. */
export async function livingCases(
  crm: Pick<CrmReader, 'getMany'>,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CrmRecord>> {
  const living = new Map(await crm.getMany('serviceCase', ids));
  for (let step = 0; step < MOST_MERGES; step += 1) {
    const merged = [...living].map(([id, one]) => ({ id, into: mergedInto(one) })).filter(({ into }) => into !== '');
    const next = await crm.getMany(
      'serviceCase',
      merged.map(({ into }) => into),
    );
    if (next.size === 0) break;
    for (const { id, into } of merged) {
      const target = next.get(into);
      if (target !== undefined) living.set(id, target);
    }
  }
  return living;
}

function mergedInto({ mergedIntoId }: CrmRecord): string {
  return typeof mergedIntoId === 'string' ? mergedIntoId : '';
}

export async function livingCase(crm: Pick<CrmReader, 'getMany'>, id: string): Promise<CrmRecord | undefined> {
  return (await livingCases(crm, [id])).get(id);
}
