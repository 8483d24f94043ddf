/**
 * The number in a query string as 3CX meant it: it sends a plus unencoded, which arrives as a space. The contact in
 * the reply must carry the number in exactly this form.
 */
export function askedNumber(query: URLSearchParams): string {
  return (query.get('number') ?? '').replace(/^ (?=\d)/, '+');
}
