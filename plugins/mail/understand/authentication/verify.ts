import { authenticate, type DNSResolver } from 'mailauth';
import { readTree } from '../mime/tree.ts';
import { domainOf, isRelated } from './authentication.ts';
import type { Authentication } from '../understood.ts';
import { type Border, readBorder } from './border.ts';
import { resultOf } from './results.ts';

/** As `dns.promises.resolve`: (domain, 'TXT') to the records. */
export type Resolver = DNSResolver;

/**
 * Checks the DKIM signatures and DMARC from the raw message. Somebody who reads a mailbox does not see the sending server: SPF is what a trusted server
 * said, else it is checked where our own border has noted that server, else it cannot be. Costs DNS look-ups and a hash of the body.
 *
 * @param known what the header fields tell, of `understand`
 * @param ownServers our own mail servers, by the names that they write behind `by` in Received
 */
export async function verifyAuthentication(
  raw: Buffer,
  resolver: Resolver,
  known: Authentication,
  ownServers: readonly string[] = [],
): Promise<Authentication> {
  const border = readBorder(readTree(raw).root.fields, ownServers);
  const { dkim, dmarc, spf } = await authenticate(raw, {
    resolver,
    mta: 'switchboard.invalid',
    disableArc: true,
    disableBimi: true,
    ...envelopeOf(border),
  });
  const signatures = dkim.results.map(({ status }) => resultOf(status.result));
  const best = signatures.includes('pass') ? 'pass' : (signatures[0] ?? 'none');
  const verified = dmarc === false ? 'none' : resultOf(dmarc.status.result);
  const isOwnDomain = dkim.results.some(
    ({ status }) => status.result === 'pass' && status.aligned !== undefined && status.aligned !== false,
  );
  // A trusted server that saw the sending server knows more than we do.
  const isPass = verified === 'pass' || known.dmarc === 'pass';
  const checked = border === undefined || spf === false ? 'not-checkable' : resultOf(spf.status.result);
  const [author, ...others] = dkim.headerFrom;
  const isOwnSender =
    checked === 'pass' && others.length === 0 && isRelated(domainOf(border?.sender ?? ''), domainOf(author ?? ''));
  return {
    source: 'verified',
    spf: known.source === 'header' ? known.spf : checked,
    dkim: best,
    dmarc: isPass ? 'pass' : verified,
    aligned: isPass || isOwnDomain || isOwnSender || known.aligned,
    claimed: known.claimed,
  };
}

/** Without a border there is no address, and SPF is left alone. */
function envelopeOf(border: Border | undefined) {
  return border === undefined ? { sender: '' } : border;
}
