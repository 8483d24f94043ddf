/**
 * Where the hub reaches bytes that Twenty named an address of. Twenty names itself by its SERVER_URL, which need not be the way by which the hub reaches
 * it. Other storages name themselves.
 */
export function placeOf(named: string, serverUrl: string): URL {
  const url = new URL(named);
  return /^\/file(?:-upload)?\//.test(url.pathname) ? new URL(url.pathname + url.search, serverUrl) : url;
}
