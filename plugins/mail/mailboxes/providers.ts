import type { SignIn } from './mailbox.ts';
import type { Server } from './settings.ts';

/** How the mail of an address is reached. */
export type Found = {
  readonly auth: SignIn;
  readonly imap: Server;
  readonly smtp: Server;
  /** Where it is known from, for the admin. */
  readonly source: string;
};

type Provider = {
  readonly name: string;
  readonly domains: readonly string[];
  /** The ends of the names of its mail exchangers, for domains of customers. */
  readonly exchangers: readonly string[];
  readonly auth: SignIn;
  readonly imap: string;
  readonly smtp: string;
  /** Else TLS from the first byte, on 465. */
  readonly startTls: boolean;
};

const providers: readonly Provider[] = [
  {
    name: 'Gmail',
    domains: ['gmail.com', 'googlemail.com'],
    exchangers: ['.google.com', '.googlemail.com'],
    auth: 'google',
    imap: 'imap.gmail.com',
    smtp: 'smtp.gmail.com',
    startTls: false,
  },
  {
    name: 'Microsoft 365',
    domains: ['outlook.com', 'hotmail.com', 'live.com', 'msn.com', 'onmicrosoft.com'],
    exchangers: ['.mail.protection.outlook.com', '.mx.microsoft'],
    auth: 'microsoft',
    imap: 'outlook.office365.com',
    smtp: 'smtp.office365.com',
    startTls: true,
  },
  simple(
    'Yahoo',
    ['yahoo.com', 'yahoo.de', 'yahoo.fr', 'yahoo.co.uk', 'ymail.com'],
    ['.yahoodns.net'],
    'mail.yahoo.com',
  ),
  simple('iCloud', ['icloud.com', 'me.com', 'mac.com'], ['.mail.icloud.com'], 'mail.me.com', true),
  simple('Fastmail', ['fastmail.com', 'fastmail.fm'], ['.messagingengine.com'], 'fastmail.com'),
  simple('Zoho', ['zoho.com', 'zohomail.com'], ['.zoho.com'], 'zoho.com'),
  simple('Zoho EU', ['zoho.eu', 'zohomail.eu'], ['.zoho.eu'], 'zoho.eu'),
  simple('IONOS', ['online.de', 'onlinehome.de'], ['.kundenserver.de', '.ionos.de'], 'ionos.de'),
  simple('Strato', [], ['.rzone.de', 'smtpin.rzone.de'], 'strato.de'),
  { ...simple('GMX', ['gmx.de', 'gmx.net', 'gmx.at', 'gmx.ch'], [], 'gmx.net'), smtp: 'mail.gmx.net' },
  simple('WEB.DE', ['web.de'], [], 'web.de', true),
  { ...simple('OVH', [], ['.ovh.net'], 'mail.ovh.net'), imap: 'ssl0.ovh.net', smtp: 'ssl0.ovh.net' },
  simple('TransIP', [], ['.transip.email'], 'transip.email'),
  simple('Yandex', ['yandex.com', 'yandex.ru'], ['mx.yandex.net', '.yandex.ru'], 'yandex.com'),
];

function simple(
  name: string,
  domains: readonly string[],
  exchangers: readonly string[],
  base: string,
  startTls = false,
): Provider {
  return { name, domains, exchangers, auth: 'password', imap: `imap.${base}`, smtp: `smtp.${base}`, startTls };
}

export function byDomain(domain: string): Found | undefined {
  const provider = providers.find(({ domains }) => domains.some((one) => domain === one || domain.endsWith(`.${one}`)));
  return provider && found(provider, `known provider ${provider.name}`);
}

export function byExchanger(exchanger: string): Found | undefined {
  const name = exchanger.toLowerCase().replace(/\.$/, '');
  const provider = providers.find(({ exchangers }) => exchangers.some((end) => name.endsWith(end)));
  return provider && found(provider, `${provider.name}, because the mail of the domain goes to ${name}`);
}

/** The hosts at which the tokens of a sign-in are worth something. */
export function hostsOf(auth: Exclude<SignIn, 'password'>): readonly string[] {
  return providers.filter((provider) => provider.auth === auth).flatMap(({ imap, smtp }) => [imap, smtp]);
}

function found({ auth, imap, smtp, startTls }: Provider, source: string): Found {
  return {
    auth,
    source,
    imap: { host: imap, port: 993, security: 'tls', user: '' },
    smtp: startTls
      ? { host: smtp, port: 587, security: 'starttls', user: '' }
      : { host: smtp, port: 465, security: 'tls', user: '' },
  };
}
