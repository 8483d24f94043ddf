/** Schemes of desktop editors that may be redirected to (Twenty 2.21). */
const DESKTOP_SCHEMES: readonly string[] = ['cursor:', 'vscode:', 'code:'];
const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1'];

/** Why the server refuses the address as a redirect target; undefined when it is fine. */
export function redirectUriProblem(uri: string): string | undefined {
  const url = URL.parse(uri);
  if (url === null) return `Invalid redirect URI: ${uri}`;
  if (url.protocol !== 'https:' && !isLoopback(uri) && !DESKTOP_SCHEMES.includes(url.protocol)) {
    return `Redirect URIs must use HTTPS (except localhost) or an allowed custom scheme: ${uri}`;
  }
  return url.hash === '' ? undefined : `Redirect URIs must not contain fragments: ${uri}`;
}

export function isLoopback(uri: string): boolean {
  return LOOPBACK.includes(URL.parse(uri)?.hostname ?? '');
}
