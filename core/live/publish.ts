import { sql } from 'kysely';
import { ConfigError, type LiveChange, PayloadError } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { takeVersions } from './head.ts';
import type { Topics } from './topics.ts';

const LONGEST_KEY = 200;
const LARGEST_DATA = 64 * 1024;

export interface Publisher {
  readonly tenantId: string;
  readonly pluginId: string;
}

/**
 * Changes what people see now, in the transaction of whoever knows it. The last step of a transaction: from here on the tenant's other
 * publishers wait for its end.
 *
 * @throws PayloadError for data that is not of the topic's shape; ConfigError for a topic that the plugin does not declare
 */
export type Publish = (transaction: Executor, publisher: Publisher, changes: readonly LiveChange[]) => Promise<void>;

export function createPublish(topics: Topics): Publish {
  return async (transaction, publisher, changes) => {
    const wanted = new Map(
      changes.map((change) => [`${change.topic.name}/${change.key}`, checked(topics, publisher.pluginId, change)]),
    );
    if (wanted.size === 0) return;
    const first = await takeVersions(transaction, publisher.tenantId, wanted.size);
    const items = [...wanted.values()].map((item, index) => ({ ...item, version: first + index }));
    await show(
      transaction,
      publisher,
      items.filter((item) => item.data !== undefined),
    );
    await remove(
      transaction,
      publisher.tenantId,
      items.filter((item) => item.data === undefined),
    );
  };
}

interface Item {
  readonly topic: string;
  readonly key: string;
  readonly data: unknown;
  readonly members: readonly string[] | null;
  readonly expires_at: string | null;
}

type Versioned = Item & { readonly version: number };

function checked(topics: Topics, pluginId: string, { topic, key, data, members, expiresAt }: LiveChange): Item {
  if (topics.ownerOf(topic.name) !== pluginId) {
    throw new ConfigError(`The plugin ${pluginId} publishes to the topic ${topic.name} without declaring it`, {
      remedy: 'Add the topic to the `topics` of the plugin.',
    });
  }
  if (key.length === 0 || key.length > LONGEST_KEY)
    throw new PayloadError(`A live item's key has 1 to ${LONGEST_KEY} characters`, { field: `${topic.name}.key` });
  return {
    topic: topic.name,
    key,
    data: data === undefined ? undefined : parse(topic, data),
    members: members === undefined || members === 'all' ? null : [...new Set(members)].sort(),
    expires_at: expiresAt?.toISOString() ?? null,
  };
}

function parse(topic: LiveChange['topic'], data: unknown): unknown {
  const parsed = topic.data.safeParse(data);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new PayloadError(`An item of the topic ${topic.name} is malformed: ${issue?.message ?? 'unknown reason'}`, {
      field: [topic.name, ...(issue?.path ?? [])].join('.'),
    });
  }
  if (Buffer.byteLength(toJson(parsed.data)) > LARGEST_DATA)
    throw new PayloadError(`A live item has at most ${LARGEST_DATA} bytes`, { field: topic.name });
  return parsed.data;
}

async function show(transaction: Executor, publisher: Publisher, items: readonly Versioned[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    insert into live_item as present (tenant_id, topic, key, plugin_id, data, members, seen_by, version, expires_at)
    select ${publisher.tenantId}, topic, key, ${publisher.pluginId}, data, members, members, version, expires_at
      from jsonb_to_recordset(${toJson(items)}::jsonb)
        as item (topic text, key text, data jsonb, members text[], version bigint, expires_at timestamptz)
    on conflict (tenant_id, topic, key) do update set
      plugin_id = excluded.plugin_id, data = excluded.data, members = excluded.members, version = excluded.version,
      expires_at = excluded.expires_at, removed_at = null,
      seen_by = case when present.seen_by is not null and excluded.members is not null
        then array(select unnest(present.seen_by) union select unnest(excluded.members)) end
    where present.removed_at is not null
      or (present.data, present.members, present.expires_at)
        is distinct from (excluded.data, excluded.members, excluded.expires_at)
  `.execute(transaction);
}

async function remove(transaction: Executor, tenantId: string, items: readonly Versioned[]): Promise<void> {
  if (items.length === 0) return;
  await sql`
    update live_item as present
      set data = 'null', version = item.version, removed_at = now(), expires_at = null
      from jsonb_to_recordset(${toJson(items)}::jsonb) as item (topic text, key text, version bigint)
      where tenant_id = ${tenantId} and present.topic = item.topic and present.key = item.key and removed_at is null
  `.execute(transaction);
}

/** PostgreSQL refuses NUL and halves of characters in JSON. A name that holds one must not keep a call from being shown. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
}
