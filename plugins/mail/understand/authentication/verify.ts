import { authenticate, type DNSResolver } from 'mailauth';
import type { Authentication } from '../understood.ts';
import { resultOf } from './results.ts';

/** As `dns.promises.resolve`: (domain, 'TXT') to the records. */
export type Resolver = DNSResolver;

/**
 * Checks the DKIM signatures and DMARC from the raw message. The address of the sending server is not known to somebody who reads a mailbox, so SPF stays
 * what the trusted server said. Costs DNS look-ups and a hash of the body.
 * @param known what the header fields tell, of `understand`
 */
export async function verifyAuthentication(
  raw: Buffer,
  resolver: Resolver,
  known: Authentication,
): Promise<Authentication> {
  const { dkim, dmarc } = await authenticate(raw, {
    resolver,
    mta: 'switchboard.invalid',
    disableArc: true,
    disableBimi: true,
    sender: '',
  });
  const signatures = dkim.results.map(({ status }) => resultOf(status.result));
  const best = signatures.includes('pass') ? 'pass' : (signatures[0] ?? 'none');
  const verified = dmarc === false ? 'none' : resultOf(dmarc.status.result);
  const isOwnDomain = dkim.results.some(
    ({ status }) => status.result === 'pass' && status.aligned !== undefined && status.aligned !== false,
  );
  // A trusted server that saw the sending server knows more than we do.
  const isPass = verified === 'pass' || known.dmarc === 'pass';
  return {
    source: 'verified',
    spf: known.spf,
    dkim: best,
    dmarc: isPass ? 'pass' : verified,
    aligned: isPass || isOwnDomain || known.aligned,
    claimed: known.claimed,
  };
}
