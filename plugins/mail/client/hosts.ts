import type { LookupAddress } from 'node:dns';
import { lookup as systemLookup } from 'node:dns/promises';
import { RefusedError, UpstreamError } from '@switchboard/core/contract';
import ipaddr from 'ipaddr.js';

export type Lookup = (host: string) => Promise<readonly LookupAddress[]>;

/** Where a host is: people enter hosts, and the hub stands in a network that they cannot see into otherwise. */
export type Hosts = {
  /**
   * The one address to connect to; resolved once, so that no second answer can lead elsewhere.
   *
   * @throws RefusedError for an address that is not public, unless the admin has named the host; UpstreamError when there is none
   */
  readonly resolve: (host: string) => Promise<string>;
};

/** @param internal names of hosts that may have private addresses, separated by spaces */
export function createHosts(internal: string, lookup: Lookup = everyAddress): Hosts {
  const allowed = new Set(
    internal
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean),
  );
  return {
    async resolve(written) {
      const host = written.toLowerCase().replace(/^\[(.*)\]$/, '$1');
      const addresses = ipaddr.isValid(host) ? [host] : await namedAddresses(host, lookup);
      const usable = allowed.has(host) ? addresses : addresses.filter(isPublic);
      const [address] = usable;
      if (address !== undefined) return address;
      throw new RefusedError(`The address of ${host} is not public`, {
        remedy: `If it is a server of your own network, add "${host}" to the setting internalHosts of the plugin.`,
      });
    },
  };
}

const everyAddress: Lookup = async (host) => await systemLookup(host, { all: true });

async function namedAddresses(host: string, lookup: Lookup): Promise<string[]> {
  try {
    return (await lookup(host)).map(({ address }) => address);
  } catch (cause) {
    throw new UpstreamError(`The name ${host} cannot be resolved`, {
      remedy: 'Check how the host is written; an internal name has to be known to the name server of the hub.',
      cause,
    });
  }
}

/** Not loopback, private, link-local, carrier-grade NAT (100.100.100.200), unique local (fd00:ec2::254), nor any of these in the clothes of IPv6. */
function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'unicast';
}
