import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { ConfigError } from '../contract/errors.ts';
import type { Limits } from '../crm/limits.ts';
import { keepText, readText } from './kept-file.ts';
import { settings } from './settings.ts';
import type { SettingName, Settings } from './settings.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface Config extends Places {
  readonly host: string;
  readonly port: number;
  /** For Express: nobody, a number of proxies, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly operatorToken: string;
  /** Of the console. */
  readonly sessions: { readonly idleMinutes: number; readonly longestHours: number };
  /** Undefined: the embedded PostgreSQL in the data folder. */
  readonly databaseUrl: string | undefined;
  /** Undefined: the queues run on PostgreSQL. */
  readonly redisUrl: string | undefined;
  /** Master keys for secrets; the first one is the current one. */
  readonly hubKeys: readonly Buffer[];
  readonly log: { readonly level: Settings['LOG_LEVEL']; readonly format: 'pretty' | 'json' };
  /** The limits of Twenty to begin with. */
  readonly crmLimits: Limits;
  readonly workerConcurrency: number;
  readonly shutdownMs: number;
  readonly retentionDays: {
    readonly inbox: number;
    readonly deliveries: number;
    readonly jobs: number;
    readonly memory: number;
  };
  /** `enabled` is true unless it was switched off or the hub has a database of its owner's. */
  readonly sandbox: { readonly enabled: boolean; readonly twentyPort: number; readonly threecxPort: number };
}

/** The variables of this process, and those of `.env` in the folder where they are not set. */
export function readEnvironment(folder: string = process.cwd()): Environment {
  const file = join(folder, '.env');
  if (!existsSync(file)) return process.env;
  return { ...parseEnv(readText(file, '.env')), ...process.env };
}

/** Where things are; known without the keys that running the hub takes. */
export interface Places {
  /** Without a trailing slash. */
  readonly publicUrl: string;
  /** Absolute. */
  readonly dataDir: string;
  /** The last build of the Twenty application. */
  readonly appCacheFile: string;
}

/** @throws ConfigError as `loadConfig` does; writes nothing */
export function readPlaces(environment: Environment = readEnvironment()): Places {
  return placesOf(parseSettings(environment));
}

function placesOf(values: Settings): Places {
  const dataDir = resolve(values.DATA_DIR);
  const publicUrl = values.PUBLIC_URL ?? `http://localhost:${values.PORT}`;
  return { publicUrl, dataDir, appCacheFile: join(dataDir, 'crm-app.json') };
}

/**
 * Checks every setting, and makes the keys that a first start with the embedded database needs.
 * @throws ConfigError naming the variable, the problem and the remedy; never a value
 */
export function loadConfig(environment: Environment = readEnvironment()): Config {
  const values = parseSettings(environment);
  const places = placesOf(values);
  const { dataDir } = places;
  return {
    ...places,
    host: values.HOST,
    port: values.PORT,
    trustProxy: values.TRUST_PROXY,
    operatorToken: values.OPERATOR_TOKEN ?? keptToken(values, dataDir),
    sessions: { idleMinutes: values.SESSION_IDLE_MINUTES, longestHours: values.SESSION_HOURS },
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    hubKeys: [masterKey(values, dataDir), ...(values.HUB_KEY_PREVIOUS ?? [])],
    log: { level: values.LOG_LEVEL, format: values.LOG_FORMAT ?? (process.stdout.isTTY ? 'pretty' : 'json') },
    crmLimits: { apiKey: values.TWENTY_LIMIT_API_KEY, application: values.TWENTY_LIMIT_APPLICATION },
    workerConcurrency: values.WORKER_CONCURRENCY,
    shutdownMs: values.SHUTDOWN_SECONDS * 1000,
    retentionDays: {
      inbox: values.RETENTION_INBOX_DAYS,
      deliveries: values.RETENTION_DELIVERIES_DAYS,
      jobs: values.RETENTION_JOBS_DAYS,
      memory: values.RETENTION_MEMORY_DAYS,
    },
    sandbox: {
      enabled: (values.SANDBOX ?? (values.DATABASE_URL === undefined ? 'on' : 'off')) === 'on',
      twentyPort: values.SANDBOX_TWENTY_PORT,
      threecxPort: values.SANDBOX_THREECX_PORT,
    },
  };
}

function parseSettings(environment: Environment): Settings {
  // A line such as `HUB_KEY=` in .env means "not set".
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = settings.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw wrongSetting(String(issue?.path[0]) as SettingName, issue?.message ?? 'is wrong');
}

function wrongSetting(name: SettingName, problem: string): ConfigError {
  return new ConfigError(`The setting ${name} ${problem}`, {
    field: name,
    remedy: `Correct ${name} in .env or in the environment; .env.example explains it.`,
  });
}

/** A damaged file must not open the hub to an empty or a short token. */
function keptToken(values: Settings, dataDir: string): string {
  const file = join(dataDir, 'operator.token');
  const token = keptOrRefused(values, 'OPERATOR_TOKEN', file, 'base64url');
  if (settings.shape.OPERATOR_TOKEN.safeParse(token).success) return token;
  throw new ConfigError(`The file ${file} does not hold an operator token`, {
    field: 'OPERATOR_TOKEN',
    remedy: 'Put back the file from your backup, or delete it: a new token is made at the next start.',
  });
}

function masterKey(values: Settings, dataDir: string): Buffer {
  if (values.HUB_KEY !== undefined && values.HUB_KEY_FILE !== undefined) {
    throw wrongSetting('HUB_KEY_FILE', 'must not be set together with HUB_KEY');
  }
  if (values.HUB_KEY !== undefined) return values.HUB_KEY;
  const text =
    values.HUB_KEY_FILE === undefined
      ? keptOrRefused(values, 'HUB_KEY', join(dataDir, 'hub.key'), 'base64')
      : readText(values.HUB_KEY_FILE, 'HUB_KEY_FILE');
  const parsed = settings.shape.HUB_KEY.safeParse(text);
  if (parsed.success && parsed.data !== undefined) return parsed.data;
  throw new ConfigError(`The file ${values.HUB_KEY_FILE ?? join(dataDir, 'hub.key')} does not hold a master key`, {
    field: values.HUB_KEY_FILE === undefined ? 'HUB_KEY' : 'HUB_KEY_FILE',
    remedy: 'Put back the file from your backup: at least 32 random bytes in base64.',
  });
}

/**
 * With a database of its owner's the data folder may be thrown away with the container, so a key made there would be
 * lost with it: then it must be given.
 */
function keptOrRefused(
  values: Settings,
  name: 'HUB_KEY' | 'OPERATOR_TOKEN',
  file: string,
  encoding: 'base64' | 'base64url',
): string {
  if (values.DATABASE_URL === undefined) return keepText(file, encoding);
  throw new ConfigError(`The setting ${name} is missing, and with DATABASE_URL the hub does not make one by itself`, {
    field: name,
    remedy: `Set ${name} to the output of "openssl rand -base64 32" and keep a copy in a safe place.`,
  });
}
