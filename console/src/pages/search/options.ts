import type { FoundCall, Hit, HitKind, PhoneNumber } from '../../api/find.ts';
import type { Texts } from '../../texts/index.ts';
import type { Opened } from './recent.ts';

/** A line of the dialog that can be chosen. */
export type Option =
  | { readonly key: string; readonly kind: 'dial'; readonly number: PhoneNumber }
  | ({ readonly key: string; readonly detail: string; readonly number: PhoneNumber | null } & Opened)
  | { readonly key: string; readonly kind: 'phoneCall'; readonly call: FoundCall };

export interface OptionGroup {
  readonly title: string;
  readonly options: readonly Option[];
}

interface Found {
  readonly number: PhoneNumber | null;
  readonly hits: readonly Hit[];
  readonly calls: readonly FoundCall[];
}

const order: readonly HitKind[] = ['person', 'location', 'company', 'serviceCase'];

/** What was found, by kind; a number that can be dialled comes first. */
export function groupsOf(
  found: Found,
  canCall: boolean,
  { records, day }: Pick<Texts, 'records' | 'day'>,
): OptionGroup[] {
  const dial: Option[] = found.number !== null && canCall ? [{ key: 'dial', kind: 'dial', number: found.number }] : [];
  const byKind = order.map((kind) => ({
    title: records.kinds[kind],
    options: found.hits.filter((hit) => hit.kind === kind).map((hit): Option => ({ ...hit, key: hit.id })),
  }));
  const calls = found.calls.map((call): Option => ({ key: call.id, kind: 'phoneCall', call }));
  const all = [{ title: day.call, options: dial }, ...byKind, { title: records.kinds.phoneCall, options: calls }];
  return all.filter(({ options }) => options.length > 0);
}

export function recentGroup(opened: readonly Opened[], { records }: Pick<Texts, 'records'>): OptionGroup[] {
  if (opened.length === 0) return [];
  const options = opened.map((one): Option => ({ ...one, key: one.id, detail: '', number: null }));
  return [{ title: records.recent, options }];
}
