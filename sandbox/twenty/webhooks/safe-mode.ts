import { isIP } from 'node:net';

/** Whether a server in safe mode would refuse to call this address. */
export function isPrivateTarget(url: string): boolean {
  const host = new URL(url).hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) === 6) return /^(::1$|f[cd]|fe[89ab])/.test(host);
  if (isIP(host) === 4) return /^(0|10|127|169\.254|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(host);
  return host === 'localhost' || host.endsWith('.localhost');
}
