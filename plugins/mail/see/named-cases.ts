import type { CrmReader } from '@switchboard/core/contract';
import { text } from '../send/fields.ts';

type NamedCase = { readonly id: string; readonly number: string; readonly subject: string };

/** The cases that a reader may see, with what people call them. */
export async function namedCases(
  crm: Pick<CrmReader, 'getMany'>,
  caseIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, NamedCase>> {
  const ids = [...new Set(caseIds.flatMap((id) => id ?? []))];
  const found = await crm.getMany('serviceCase', ids);
  return new Map(
    [...found].map(([id, one]) => [id, { id, number: text(one['number']), subject: text(one['subject']) }]),
  );
}
