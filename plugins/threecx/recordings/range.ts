/** The part of a file that a request asks for: first and last byte, both included; `all` without a range, `none` when there is no such part. */
export type Part = 'all' | 'none' | { readonly first: number; readonly last: number };

/** Reads a `Range` header. Several ranges, and what is no range of bytes, are answered with everything, as RFC 9110 allows. */
export function partOf(header: string | undefined, bytes: number): Part {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '') ?? [];
  if (from === '' && to === '') return 'all';
  const first = from === '' ? Math.max(0, bytes - Number(to)) : Number(from);
  const last = from === '' || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1);
  if (from !== '' && to !== '' && Number(to) < first) return 'all';
  return first <= last ? { first, last } : 'none';
}
