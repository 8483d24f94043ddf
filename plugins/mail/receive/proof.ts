import type { PluginContext } from '@switchboard/core/contract';
import type { Config } from '../config.ts';
import { type Resolver, verifyAuthentication } from '../understand/authentication/verify.ts';
import { understand } from '../understand/understand.ts';
import { readSource } from './source.ts';

type Proving = Pick<PluginContext<Config>, 'tables' | 'files' | 'config' | 'log'>;

/** Our own mail servers, by the names that they write. */
export function ownServersOf({ ownServers }: Pick<Config, 'ownServers'>): string[] {
  return ownServers.split(/\s+/).filter((name) => name !== '');
}

/**
 * Verifies DKIM, DMARC and, where our own border can be read, SPF of a stored message from its source.
 *
 * @returns whether that proves that the domain of its author has sent it; what cannot be verified proves nothing
 */
export function createProof(context: Proving, resolver: Resolver): (messageId: string) => Promise<boolean> {
  const ownServers = ownServersOf(context.config);
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
