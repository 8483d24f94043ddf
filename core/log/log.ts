import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import pretty from 'pino-pretty';

export interface LogOptions {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly format: 'pretty' | 'json';
  /** Standard output unless told. */
  readonly stream?: DestinationStream;
}

/** The hub's logger. `child({ tenant, plugin, job })` gives the one for a part of the work. */
export function createLog({ level, format, stream = pino.destination({ fd: 1, sync: true }) }: LogOptions): Logger {
  const options = {
    level,
    base: null,
    redact: { paths: redactedPaths, censor: '[redacted]' },
    serializers: { err: describeError, error: describeError },
  };
  if (format === 'json') return pino({ ...options, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return pino(
    options,
    pretty({ colorize: process.stdout.isTTY, translateTime: 'SYS:HH:MM:ss', destination: stream, sync: true }),
  );
}

/** Field names that hold secrets wherever they appear, at the top and two levels down. */
const secretNames = [
  'authorization',
  'Authorization',
  'cookie',
  'set-cookie',
  'password',
  'passphrase',
  'apiKey',
  'api_key',
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'secret',
  'clientSecret',
  'client_secret',
  'operatorToken',
  'hubKey',
  'hubKeys',
  'databaseUrl',
  'redisUrl',
  'connectionString',
];

const redactedPaths = secretNames.flatMap((name) => [`["${name}"]`, `*["${name}"]`, `*.*["${name}"]`]);

type ErrorLike = {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly stack?: unknown;
  readonly [name: string]: unknown;
};

/** What helps to find the cause, and nothing else: error objects of clients carry whole requests, headers included. */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: String(error) };
  const { name, message, stack, code, remedy, field, cause } = error as unknown as ErrorLike;
  return {
    type: name,
    message,
    code,
    field,
    remedy,
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  };
}
