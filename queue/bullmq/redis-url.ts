import { InvalidJobError } from '../errors.ts';

export type RedisNode = { readonly host: string; readonly port: number };

type Credentials = { username?: string; password?: string; tls?: object };

type SingleOptions = Credentials & {
  host?: string;
  port?: number;
  db?: number;
  name?: string;
  sentinels?: RedisNode[];
  sentinelPassword?: string;
  sentinelTLS?: object;
  enableTLSForSentinelMode?: boolean;
};

export type RedisTarget =
  | { readonly mode: 'single'; readonly options: SingleOptions }
  | { readonly mode: 'cluster'; readonly nodes: readonly RedisNode[]; readonly options: Credentials };

const pattern =
  /^(?<scheme>rediss?)(?:\+(?<mode>sentinel|cluster))?:\/\/(?:(?<user>[^:@/]*)(?::(?<password>[^@/]*))?@)?(?<hosts>[^/?]+)(?:\/(?<db>\d*))?(?:\?(?<query>.*))?$/;

/**
 * Reads the URL of a Redis, its Sentinels or its Cluster; the form is told at `BackendConfig`. No URL class: it refuses
 * several hosts.
 *
 * @throws InvalidJobError
 */
export function parseRedisUrl(url: string): RedisTarget {
  const parts = pattern.exec(url)?.groups;
  if (parts === undefined) throw invalid('it has the form redis://user:password@host:6379/0');
  const { scheme, mode, user, password, hosts = '', db, query } = parts;
  const search = new URLSearchParams(query);
  const nodes = hosts.split(',').map((host) => parseNode(host, mode === 'sentinel' ? 26379 : 6379));
  const tls = scheme === 'rediss' ? {} : undefined;
  const credentials: Credentials = {
    ...(user ? { username: decodeURIComponent(user) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
    ...(tls ? { tls } : {}),
  };
  if (mode === 'cluster') return { mode: 'cluster', nodes, options: credentials };
  const common = { ...credentials, ...(db ? { db: Number(db) } : {}) };
  if (mode === 'sentinel') return { mode: 'single', options: { ...common, ...sentinelOptions(nodes, search, tls) } };
  const [node] = nodes;
  if (node === undefined || nodes.length > 1) throw invalid('several hosts need redis+sentinel:// or redis+cluster://');
  return { mode: 'single', options: { ...common, ...node } };
}

function sentinelOptions(nodes: readonly RedisNode[], search: URLSearchParams, tls: object | undefined): SingleOptions {
  const name = search.get('master');
  if (name === null) throw invalid('Sentinel needs the name of the master: ?master=mymaster');
  const sentinelPassword = search.get('sentinelPassword');
  return {
    name,
    sentinels: [...nodes],
    ...(sentinelPassword === null ? {} : { sentinelPassword }),
    ...(tls ? { sentinelTLS: tls, enableTLSForSentinelMode: true } : {}),
  };
}

function parseNode(text: string, defaultPort: number): RedisNode {
  const match = /^(?<host>\[[\da-f:]+\]|[^:]+)(?::(?<port>\d+))?$/i.exec(text)?.groups;
  if (match?.['host'] === undefined) throw invalid(`"${text}" is no host`);
  return { host: match['host'].replace(/^\[|\]$/g, ''), port: Number(match['port'] ?? defaultPort) };
}

/** Never quotes the URL: it holds the password. */
const invalid = (remedy: string): InvalidJobError => new InvalidJobError('the URL of Redis cannot be read', { remedy });
