import { Resolver as Dns } from 'node:dns/promises';
import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { type Resolver, verifyAuthentication } from '../understand/authentication/verify.ts';
import { understand } from '../understand/understand.ts';
import { readSource } from './source.ts';

type Proving = Pick<PluginContext<Config>, 'tables' | 'files' | 'config' | 'log'>;

const LOOK_UP_MS = 3_000;

function ownResolver(): Resolver {
  const dns = new Dns({ timeout: LOOK_UP_MS, tries: 2 });
  return (domain, type) => dns.resolve(domain, type) as Promise<string[]>;
}

/**
 * Verifies DKIM, DMARC and, where our own border can be read, SPF of a stored message from its source.
 *
 * @returns whether that proves that the domain of its author has sent it; what cannot be verified proves nothing
 */
export function createProof(
  context: Proving,
  resolver: Resolver = ownResolver(),
): (messageId: string) => Promise<boolean> {
  const ownServers = context.config.ownServers.split(/\s+/).filter((name) => name !== '');
  return async (messageId) => {
    try {
      const raw = await readSource(context, messageId);
      const { authentication } = await understand(raw);
      return (await verifyAuthentication(raw, resolver, authentication, ownServers)).aligned;
    } catch (error) {
      context.log.warn({ message: messageId, err: error }, 'It could not be verified who has sent a mail');
      return false;
    }
  };
}
