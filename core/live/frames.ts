import type { Entry } from './read.ts';

/** An item as one member sees it. */
export type ShownItem = Pick<Entry, 'topic' | 'key' | 'data'>;

/** The text of server-sent events, without their ids. No value in it has a line break: JSON escapes them. */

export function upsertFrame(item: ShownItem): string {
  return `event: upsert\ndata: ${itemJson(item)}\n\n`;
}

export function removeFrame({ topic, key }: Pick<Entry, 'topic' | 'key'>): string {
  return `event: remove\ndata: ${JSON.stringify({ topic, key })}\n\n`;
}

/** Everything at once. @param topics those that the member may read, of those asked for */
export function snapshotFrame(topics: readonly string[], items: readonly ShownItem[]): string {
  return `event: snapshot\ndata: {"topics":${JSON.stringify(topics)},"items":[${items.map(itemJson).join(',')}]}\n\n`;
}

/** How long a client waits before it connects again. Each gets another pause, so that not all come back at once. */
export function retryLine(): string {
  return `retry: ${500 + Math.floor(Math.random() * 2000)}\n`;
}

function itemJson({ topic, key, data }: ShownItem): string {
  return `{"topic":${JSON.stringify(topic)},"key":${JSON.stringify(key)},"data":${data}}`;
}
