import type { ListColumn } from '@switchboard/core/contract';
import type { Named } from '../records/named.ts';
import { heading } from './words.ts';

interface Placed {
  readonly person: Named | null;
  readonly company: Named | null;
  readonly location: Named | null;
}

/** Whom and where it is about: names, as far as the member may read them. */
export const placeColumns = (object: string): readonly ListColumn<Placed>[] =>
  (['person', 'company', 'location'] as const).map((field) => ({
    words: heading[field],
    sees: [object, `${field}Id`],
    value: (row) => row[field]?.name,
  }));
