import { authenticate, type DNSResolver } from 'mailauth';
import { readTree } from '../mime/tree.ts';
import { domainOf, isRelated } from './authentication.ts';
import type { Authentication } from '../understood.ts';
import { type Border, readBorder } from './border.ts';
import { resultOf } from './results.ts';

/** As `dns.promises.resolve`: (domain, 'TXT') to the records. */
export type Resolver = DNSResolver;

/** What a domain asks to be done with mail that does not prove to be its own. */
export type DmarcPolicy = 'none' | 'quarantine' | 'reject';

export type Verification = {
  readonly authentication: Authentication;
  /** Of the author; '' where there is none, or more than one. */
  readonly domain: string;
  /** Undefined where the domain says nothing. */
  readonly policy: DmarcPolicy | undefined;
  /** Something that could have decided was not answered: another time it may be. */
  readonly isOpen: boolean;
};

type Found = Awaited<ReturnType<typeof authenticate>>;

/**
 * Checks the DKIM signatures and DMARC from the raw message. Somebody who reads a mailbox does not see the sending server: SPF is what a trusted server
 * said, else it is checked where our own border has noted that server, else it cannot be. Costs DNS look-ups and a hash of the body.
 *
 * @param known what the header fields tell, of `understand`
 * @param ownServers our own mail servers, by the names that they write behind `by` in Received
 */
export async function verifySender(
  raw: Buffer,
  resolver: Resolver,
  known: Authentication,
  ownServers: readonly string[] = [],
): Promise<Verification> {
  const border = readBorder(readTree(raw).root.fields, ownServers);
  const found = await authenticate(raw, {
    resolver,
    mta: 'switchboard.invalid',
    disableArc: true,
    disableBimi: true,
    ...envelopeOf(border),
  });
  const [author, ...others] = found.dkim.headerFrom;
  const domain = others.length === 0 ? domainOf(author ?? '') : '';
  const authentication = authenticationOf(found, { known, border, domain });
  return { authentication, domain, policy: policyOf(found), isOpen: isOpen(found, authentication, { border, domain }) };
}

/** The same, where what can be said now is all that is wanted. */
export async function verifyAuthentication(...asked: Parameters<typeof verifySender>): Promise<Authentication> {
  return (await verifySender(...asked)).authentication;
}

type Around = { readonly border: Border | undefined; readonly domain: string };

function authenticationOf(
  { dkim, dmarc, spf }: Found,
  { known, border, domain }: Around & { readonly known: Authentication },
): Authentication {
  const signatures = dkim.results.map(({ status }) => resultOf(status.result));
  const best = signatures.includes('pass') ? 'pass' : (signatures[0] ?? 'none');
  const verified = dmarc === false ? 'none' : resultOf(dmarc.status.result);
  const isOwnDomain = dkim.results.some(({ status }) => status.result === 'pass' && isAligned(status));
  // A trusted server that saw the sending server knows more than we do.
  const isPass = verified === 'pass' || known.dmarc === 'pass';
  const checked = border === undefined || spf === false ? 'not-checkable' : resultOf(spf.status.result);
  const isOwnSender = checked === 'pass' && isRelated(domainOf(border?.sender ?? ''), domain);
  return {
    source: 'verified',
    spf: known.source === 'header' ? known.spf : checked,
    dkim: best,
    dmarc: isPass ? 'pass' : verified,
    aligned: isPass || isOwnDomain || isOwnSender || known.aligned,
    claimed: known.claimed,
  };
}

function isAligned({ aligned }: { readonly aligned?: string | false }): boolean {
  return aligned !== undefined && aligned !== false;
}

function policyOf({ dmarc }: Found): DmarcPolicy | undefined {
  const policy = dmarc === false ? undefined : dmarc.policy;
  return policy === 'none' || policy === 'quarantine' || policy === 'reject' ? policy : undefined;
}

/** Silence of a domain that is not the author's could prove nothing, so nobody can keep a verdict waiting by it. */
function isOpen({ dkim, dmarc, spf }: Found, { aligned }: Authentication, { border, domain }: Around): boolean {
  if (aligned) return false;
  const isWaiting = (result: string) => resultOf(result) === 'temperror';
  return (
    (dmarc !== false && isWaiting(dmarc.status.result)) ||
    dkim.results.some(({ status }) => isWaiting(status.result) && isAligned(status)) ||
    (spf !== false && isWaiting(spf.status.result) && isRelated(domainOf(border?.sender ?? ''), domain))
  );
}

/** Without a border there is no address, and SPF is left alone. */
function envelopeOf(border: Border | undefined) {
  return border === undefined ? { sender: '' } : border;
}
