import { sql } from 'kysely';
import { ConfigError, type LiveChange, PayloadError } from '../contract/index.ts';
import type { Executor } from '../store/database.ts';
import { prepared } from '../store/prepared.ts';
import { liveChannel } from './head.ts';
import type { Topics } from './topics.ts';

const LONGEST_KEY = 200;
const LARGEST_DATA = 64 * 1024;

export interface Publisher {
  readonly tenantId: string;
  readonly pluginId: string;
}

/**
 * Changes what people see now: one statement, in the transaction of whoever knows it or alone. The last step of a transaction, because
 * from here on the tenant's other publishers wait for its end.
 *
 * @throws PayloadError for data that is not of the topic's shape; ConfigError for a topic that the plugin does not declare
 */
export type Publish = (executor: Executor, publisher: Publisher, changes: readonly LiveChange[]) => Promise<void>;

export function createPublish(topics: Topics): Publish {
  return async (executor, { tenantId, pluginId }, changes) => {
    const items = new Map(
      changes.map((change) => [`${change.topic.name}/${change.key}`, checked(topics, pluginId, change)]),
    );
    if (items.size === 0) return;
    // Heard when the transaction commits; with a rollback nobody hears of it.
    await sql`${prepared}
      select publish_live(${tenantId}, ${pluginId}, ${toJson([...items.values()])}::jsonb), pg_notify(${liveChannel}, ${tenantId})
    `.execute(executor);
  };
}

/** As the database function takes it. */
type Item =
  | { readonly topic: string; readonly key: string; readonly removed: true }
  | {
      readonly topic: string;
      readonly key: string;
      readonly data: unknown;
      readonly members: readonly string[] | null;
      readonly expires_at: string | null;
    };

function checked(topics: Topics, pluginId: string, { topic, key, data, members, expiresAt }: LiveChange): Item {
  if (topics.ownerOf(topic.name) !== pluginId) {
    throw new ConfigError(`The plugin ${pluginId} publishes to the topic ${topic.name} without declaring it`, {
      remedy: 'Add the topic to the `topics` of the plugin.',
    });
  }
  if (key.length === 0 || key.length > LONGEST_KEY)
    throw new PayloadError(`A live item's key has 1 to ${LONGEST_KEY} characters`, { field: `${topic.name}.key` });
  if (data === undefined) return { topic: topic.name, key, removed: true };
  return {
    topic: topic.name,
    key,
    data: parse(topic, data),
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

/** PostgreSQL refuses NUL and halves of characters in JSON. A name that holds one must not keep a call from being shown. */
function toJson(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '').toWellFormed() : part,
  );
}
