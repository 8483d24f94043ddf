import type { CrmReader, CrmRecord } from '@switchboard/core/contract';

const closed = new Set(['RESOLVED', 'CLOSED', 'CANCELLED']);

export function isClosed(serviceCase: CrmRecord): boolean {
  return closed.has(String(serviceCase['status']));
}

/** More often than that nobody merges; a circle ends there too. */
const MOST_MERGES = 10;

/** The case itself, or the one that it was merged into. */
export async function livingCase(crm: Pick<CrmReader, 'get'>, id: string): Promise<CrmRecord | undefined> {
  let found = await crm.get('serviceCase', id);
  for (let step = 0; step < MOST_MERGES; step += 1) {
    const next = found?.['mergedIntoId'];
    if (typeof next !== 'string' || next === '') return found;
    found = (await crm.get('serviceCase', next)) ?? found;
  }
  return found;
}
