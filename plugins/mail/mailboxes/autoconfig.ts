import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { Found } from './providers.ts';
import type { Server } from './settings.ts';

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  processEntities: false,
  isArray: (name) => ['incomingServer', 'outgoingServer'].includes(name),
});

const server = z.object({
  '@type': z.string(),
  hostname: z.string().max(253),
  port: z.coerce.number().int().min(1).max(65_535),
  socketType: z.string(),
  username: z.coerce.string().default(''),
});
const document = z.object({
  clientConfig: z.object({
    emailProvider: z.object({
      incomingServer: z.array(z.unknown()).default([]),
      outgoingServer: z.array(z.unknown()).default([]),
    }),
  }),
});

/** Reads the configuration that a domain offers to mail programs; only servers with encryption count. */
export function readAutoconfig(xml: string, address: string): Omit<Found, 'source'> | undefined {
  const parsed = document.safeParse(parse(xml));
  if (!parsed.success) return undefined;
  const { incomingServer, outgoingServer } = parsed.data.clientConfig.emailProvider;
  const imap = pick(incomingServer, 'imap', address);
  const smtp = pick(outgoingServer, 'smtp', address);
  return imap && smtp && { auth: 'password', imap, smtp };
}

function parse(xml: string): unknown {
  try {
    return parser.parse(xml);
  } catch {
    return undefined;
  }
}

function pick(servers: readonly unknown[], type: 'imap' | 'smtp', address: string): Server | undefined {
  const usable = servers.flatMap((one) => {
    const { data } = server.safeParse(one);
    const security = data && ({ SSL: 'tls', STARTTLS: 'starttls' } as const)[data.socketType.toUpperCase()];
    if (data?.['@type'] !== type || security === undefined) return [];
    return [{ host: data.hostname.toLowerCase(), port: data.port, security, user: userOf(data.username, address) }];
  });
  return usable.find(({ security }) => security === 'tls') ?? usable[0];
}

/** Empty where people sign in with the whole address. */
function userOf(pattern: string, address: string): string {
  const [local = '', domain = ''] = address.split('@');
  const user = pattern
    .replaceAll('%EMAILADDRESS%', address)
    .replaceAll('%EMAILLOCALPART%', local)
    .replaceAll('%EMAILDOMAIN%', domain);
  return user === address ? '' : user;
}
