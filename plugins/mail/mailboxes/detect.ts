import type { MxRecord, SrvRecord } from 'node:dns';
import { resolveMx, resolveSrv } from 'node:dns/promises';
import type { PublicFetch } from '../client/public-fetch.ts';
import { readAutoconfig } from './autoconfig.ts';
import { byDomain, byExchanger, type Found } from './providers.ts';
import type { Server } from './settings.ts';

export type Records = {
  readonly mx: (domain: string) => Promise<readonly MxRecord[]>;
  readonly srv: (name: string) => Promise<readonly SrvRecord[]>;
};

/** Finds out how a mailbox is reached: known providers, their exchangers, SRV records (RFC 6186), what the domain offers to mail programs. */
export type Detect = (address: string, signal: AbortSignal) => Promise<Found | undefined>;

export function createDetect(fetch: PublicFetch, records: Records = { mx: resolveMx, srv: resolveSrv }): Detect {
  return async (address, signal) => {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase();
    return (
      byDomain(domain) ??
      (await fromExchangers(records, domain)) ??
      (await fromServices(records, domain)) ??
      (await fromAutoconfig(fetch, domain, address, signal))
    );
  };
}

async function fromExchangers(records: Records, domain: string): Promise<Found | undefined> {
  const found = await records.mx(domain).catch(() => []);
  const sorted = found.toSorted((one, other) => one.priority - other.priority);
  return sorted.map(({ exchange }) => byExchanger(exchange)).find((one) => one !== undefined);
}

async function fromServices(records: Records, domain: string): Promise<Found | undefined> {
  const imap =
    (await service(records, `_imaps._tcp.${domain}`, 'tls')) ??
    (await service(records, `_imap._tcp.${domain}`, 'starttls'));
  const smtp =
    (await service(records, `_submissions._tcp.${domain}`, 'tls')) ??
    (await service(records, `_submission._tcp.${domain}`, 'starttls'));
  return imap && smtp && { auth: 'password', imap, smtp, source: `SRV records of ${domain}` };
}

async function service(records: Records, name: string, security: Server['security']): Promise<Server | undefined> {
  const found = await records.srv(name).catch(() => []);
  // "." says that there is no such service.
  const usable = found.filter(({ name: host }) => host !== '' && host !== '.');
  const [best] = usable.toSorted((one, other) => one.priority - other.priority || other.weight - one.weight);
  return best && { host: best.name.toLowerCase().replace(/\.$/, ''), port: best.port, security, user: '' };
}

async function fromAutoconfig(
  fetch: PublicFetch,
  domain: string,
  address: string,
  signal: AbortSignal,
): Promise<Found | undefined> {
  const places = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml?emailaddress=${encodeURIComponent(address)}`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
  for (const place of places) {
    const xml = await fetch(place, signal);
    const found = xml === undefined ? undefined : readAutoconfig(xml, address);
    if (found !== undefined) return { ...found, source: `what ${new URL(place).hostname} offers to mail programs` };
  }
  return undefined;
}
