import type { Authentication, ClaimedAuthentication, MailAddress } from '../understood.ts';
import { allValues, type RawField } from '../mime/headers.ts';
import { type AuthenticationResults, bestOf, type MethodResult, readAuthenticationResults } from './results.ts';

/**
 * What the receiving server found out. Only the topmost Authentication-Results counts, and only with the id of a server that the admin named: anybody
 * can write the field.
 * @param trustedServers authserv-ids, in any case
 */
export function readAuthentication(
  fields: readonly RawField[],
  from: readonly MailAddress[],
  trustedServers: readonly string[],
): Authentication {
  const [topmost] = allValues(fields, 'authentication-results');
  if (topmost === undefined)
    return { source: 'none', spf: 'none', dkim: 'none', dmarc: 'none', aligned: false, claimed: null };
  const said = readAuthenticationResults(topmost);
  const claimed: ClaimedAuthentication = {
    authservId: said.authservId,
    spf: bestOf(said.methods.get('spf')),
    dkim: bestOf(said.methods.get('dkim')),
    dmarc: bestOf(said.methods.get('dmarc')),
  };
  const isTrusted = said.authservId !== '' && trustedServers.some((id) => id.toLowerCase() === said.authservId);
  if (!isTrusted) return { source: 'none', spf: 'none', dkim: 'none', dmarc: 'none', aligned: false, claimed };
  return {
    source: 'header',
    spf: claimed.spf,
    dkim: claimed.dkim,
    dmarc: claimed.dmarc,
    aligned: isAligned(said, fromDomain(from)),
    claimed,
  };
}

/** The domain of the only author; '' when there are several or none, which proves nothing for any of them. */
function fromDomain(from: readonly MailAddress[]): string {
  const [only, second] = from;
  return only === undefined || second !== undefined ? '' : domainOf(only.address);
}

function isAligned({ methods }: AuthenticationResults, domain: string): boolean {
  if (domain === '') return false;
  if (bestOf(methods.get('dmarc')) === 'pass') return true;
  const passed = (method: string) => (methods.get(method) ?? []).filter(({ result }) => result === 'pass');
  return (
    passed('dkim').some((found) => isRelated(valueOf(found, 'header.d', 'header.i'), domain)) ||
    passed('spf').some((found) => isRelated(valueOf(found, 'smtp.mailfrom', 'smtp.mail'), domain))
  );
}

function valueOf({ properties }: MethodResult, ...names: readonly string[]): string {
  for (const name of names) {
    const value = properties.get(name);
    if (value !== undefined) return domainOf(value);
  }
  return '';
}

export function domainOf(address: string): string {
  return address
    .slice(address.lastIndexOf('@') + 1)
    .toLowerCase()
    .replace(/\.$/, '');
}

/** The same domain, or one above the other. Stricter than DMARC's organisational domain: siblings do not count. */
export function isRelated(signing: string, domain: string): boolean {
  return (
    signing.includes('.') && (signing === domain || domain.endsWith(`.${signing}`) || signing.endsWith(`.${domain}`))
  );
}
