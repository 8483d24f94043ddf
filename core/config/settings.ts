import { isIP } from 'node:net';
import { z } from 'zod';
import type { Limit } from '../crm/limits.ts';

/**
 * Every environment variable of the hub: its check, its default, and the text that `.env.example` shows. Messages
 * complete "The setting NAME ..." and never quote a value, because some values are secret.
 */
type About = { readonly group: string; readonly text: string; readonly example?: string; readonly secret?: true };

function about<S extends z.ZodType>(schema: S, { text, ...rest }: About): S {
  return schema.meta({ description: text, ...rest });
}

function wholeNumber(from: number, to: number, fallback: number) {
  const message = `must be a whole number from ${from} to ${to}`;
  return z
    .string()
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= from && value <= to, message)
    .prefault(String(fallback));
}

function oneOf<const Words extends readonly [string, ...string[]]>(words: Words) {
  return z.enum(words, `must be ${words.slice(0, -1).join(', ')} or ${words.at(-1)}`);
}

const port = (fallback: number) => wholeNumber(1, 65_535, fallback);
const days = (fallback: number) => wholeNumber(1, 3650, fallback);

const callsAMinute = (fallback: 'off' | number) =>
  z
    .string()
    .regex(/^(off|[1-9]\d{0,6})$/, 'must be a number of calls a minute, or "off"')
    .transform((text): Limit => (text === 'off' ? 'unlimited' : { calls: Number(text), perMs: 60_000 }))
    .prefault(String(fallback));

const origin = z
  .string()
  .refine(isOrigin, 'must be an http or https address without a path, like "https://hub.example.com"')
  .transform((text) => new URL(text).origin);

const databaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:$/.test(URL.parse(text)?.protocol ?? ''),
    'must look like "postgres://user:password@host:5432/database"',
  );

const redisUrl = z
  .string()
  .regex(
    /^rediss?(\+(sentinel|cluster))?:\/\/[^\s/]+/,
    'must begin with redis://, rediss://, redis+sentinel:// or redis+cluster://',
  );

const key = z
  .string()
  .transform((text) => text.trim())
  .refine(isRandomKey, 'must be at least 32 random bytes in base64, as "openssl rand -base64 32" prints them')
  .transform((text) => Buffer.from(text, 'base64'));

const keyList = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.array(key));

const trustProxy = z
  .string()
  .refine(isProxyList, 'must be "off", a number of proxies from 1 to 9, or their addresses separated by commas')
  .transform((text) => {
    if (text === 'off') return false;
    return /^\d$/.test(text) ? Number(text) : text.split(',').map((each) => each.trim());
  })
  .prefault('off');

export const settings = z.object({
  HOST: about(z.string().default('127.0.0.1'), {
    group: 'Web',
    text: 'The network address to listen on. 0.0.0.0 opens the hub to other machines; put a proxy with https before it then.',
  }),
  PORT: about(port(4400), { group: 'Web', text: 'The port to listen on.' }),
  PUBLIC_URL: about(origin.optional(), {
    group: 'Web',
    text:
      'The address under which people, Twenty and 3CX reach the hub. It is part of the webhook addresses and of the 3CX template. ' +
      'Default: http://localhost with the port above, which only this machine can reach.',
    example: 'https://hub.example.com',
  }),
  TRUST_PROXY: about(trustProxy, {
    group: 'Web',
    text:
      'Whose X-Forwarded-For is believed, for rate limits and logs: "off", the number of proxies before the hub, or their addresses ' +
      'or networks separated by commas. More than there are lets callers forge their address.',
    example: '1',
  }),
  OPERATOR_TOKEN: about(z.string().min(32, 'must have at least 32 characters').optional(), {
    group: 'Web',
    text:
      "The operator's token for the hub's own API and command line. Required with DATABASE_URL; otherwise it is made at the first " +
      'start and kept in operator.token in the data folder. Make one with "openssl rand -base64 32".',
    secret: true,
  }),
  SESSION_IDLE_MINUTES: about(wholeNumber(5, 1440, 480), {
    group: 'Web',
    text: 'After so many minutes in which a member did nothing in the console the session ends. An open page alone does not keep it.',
  }),
  SESSION_HOURS: about(wholeNumber(1, 168, 16), {
    group: 'Web',
    text: 'After so many hours a session of the console ends whatever happens: longer than a shift, shorter than until the next one.',
  }),
  DATA_DIR: about(z.string().default('.data'), {
    group: 'Data',
    text: 'The folder for the embedded PostgreSQL and generated keys. Back it up as a whole while the hub is stopped.',
  }),
  DATABASE_URL: about(databaseUrl.optional(), {
    group: 'Data',
    text: 'A PostgreSQL 14 or newer of your own. Without it the hub runs the one it brings, in the data folder. All processes of a hub share one.',
    example: 'postgres://switchboard:password@db.example.com:5432/switchboard',
    secret: true,
  }),
  REDIS_URL: about(redisUrl.optional(), {
    group: 'Data',
    text:
      'Runs the job queues on Redis 6.2 or newer instead of PostgreSQL: the way to scale out. One server: redis://user:password@host:6379/0, with TLS ' +
      'rediss://. Sentinel: redis+sentinel://host:26379,host:26379/0?master=name. Cluster: redis+cluster://host:6379,host:6379. With TLS ' +
      'rediss+sentinel and rediss+cluster. Redis must run with maxmemory-policy noeviction.',
    example: 'redis://redis.example.com:6379/0',
    secret: true,
  }),
  HUB_KEY: about(key.optional(), {
    group: 'Keys',
    text:
      'The master key that encrypts API keys and passwords in the database: at least 32 random bytes in base64. Required with DATABASE_URL; ' +
      'otherwise it is made at the first start and kept in hub.key in the data folder. Keep a copy apart from the database backup: ' +
      'without it all secrets must be entered again.',
    example: 'the output of: openssl rand -base64 32',
    secret: true,
  }),
  HUB_KEY_FILE: about(z.string().optional(), {
    group: 'Keys',
    text: 'A file that holds the master key, for mounted container secrets. Instead of HUB_KEY.',
    example: '/run/secrets/hub_key',
  }),
  HUB_KEY_PREVIOUS: about(keyList.optional(), {
    group: 'Keys',
    text:
      'Earlier master keys, separated by commas. To change the key: move the old one here, set the new HUB_KEY, restart, run ' +
      '"npm run hub -- secrets rotate", then empty this.',
    secret: true,
  }),
  LOG_LEVEL: about(oneOf(['debug', 'info', 'warn', 'error']).default('info'), {
    group: 'Operation',
    text: 'The least important log lines to write: debug, info, warn or error.',
  }),
  LOG_FORMAT: about(oneOf(['pretty', 'json']).optional(), {
    group: 'Operation',
    text: 'pretty for people, json for machines (one object per line). Default: pretty in a terminal, json otherwise.',
    example: 'json',
  }),
  TWENTY_LIMIT_API_KEY: about(callsAMinute(100), {
    group: 'Operation',
    text:
      'The record operations a minute that Twenty allows an API key, to begin with: a number, or "off". What the server answers corrects it; ' +
      '"hub crm status TENANT" shows what was learnt.',
    example: '100',
  }),
  TWENTY_LIMIT_APPLICATION: about(callsAMinute('off'), {
    group: 'Operation',
    text: 'The same for the token of our application: Twenty 2.21 does not count its calls, newer servers allow 500 a minute.',
    example: '500',
  }),
  WORKER_CONCURRENCY: about(wholeNumber(1, 200, 20), {
    group: 'Operation',
    text: 'How many jobs one process works on at the same time.',
  }),
  SHUTDOWN_SECONDS: about(wholeNumber(1, 600, 25), {
    group: 'Operation',
    text: 'How long running jobs may take to finish when the hub is stopped. Keep it below the grace period of your container platform.',
  }),
  RETENTION_INBOX_DAYS: about(days(30), {
    group: 'Operation',
    text: 'Days that what came in is kept as it came (bodies of webhooks and posts, with personal data).',
  }),
  RETENTION_DELIVERIES_DAYS: about(days(90), {
    group: 'Operation',
    text: 'Days that the lines of the delivery log are kept.',
  }),
  RETENTION_JOBS_DAYS: about(days(30), {
    group: 'Operation',
    text: 'Days that finished jobs are kept. Dead letters stay until someone settles them.',
  }),
  RETENTION_MEMORY_DAYS: about(days(400), {
    group: 'Operation',
    text:
      'Days that the hub remembers what is over: which work it has done already, so that a repetition is recognised, and which records ' +
      'were destroyed in Twenty.',
  }),
  SANDBOX: about(oneOf(['on', 'off']).optional(), {
    group: 'Sandbox',
    text: 'on: "npm start" also runs stand-ins of Twenty and 3CX with a demo tenant; off: the hub alone. Default: on as long as no DATABASE_URL is set.',
    example: 'off',
  }),
  SANDBOX_TWENTY_PORT: about(port(4401), { group: 'Sandbox', text: "The port of the sandbox's Twenty." }),
  SANDBOX_THREECX_PORT: about(port(4402), { group: 'Sandbox', text: "The port of the sandbox's 3CX." }),
});

export type Settings = z.output<typeof settings>;
export type SettingName = keyof Settings;

function isOrigin(text: string): boolean {
  const url = URL.parse(text);
  return (
    url !== null &&
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === ''
  );
}

/** Refuses what people put in place of a key: a short text, one character repeated. */
function isRandomKey(text: string): boolean {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(text)) return false;
  const bytes = Buffer.from(text, 'base64');
  return bytes.length >= 32 && new Set(bytes).size >= 12;
}

const proxyNames = ['loopback', 'linklocal', 'uniquelocal'];

function isProxyList(text: string): boolean {
  if (text === 'off' || /^[1-9]$/.test(text)) return true;
  return text.split(',').every((each) => {
    const [address = '', bits, ...rest] = each.trim().split('/');
    if (proxyNames.includes(each.trim())) return true;
    const widest = isIP(address) === 4 ? 32 : 128;
    return (
      isIP(address) !== 0 &&
      rest.length === 0 &&
      (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest))
    );
  });
}
