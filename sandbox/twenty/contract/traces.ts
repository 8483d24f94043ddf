import { setTimeout as sleep } from 'node:timers/promises';
import { page } from './answers.ts';
import type { Client } from './client.ts';
import { type Filter, type ObjectName, recordsOf } from './records.ts';

const everyRow: Filter = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };
const atOnce = 200;
const settlingMs = 2000;

/**
 * Destroys the records of the run's own object by id, and the timeline entries that Twenty wrote about them: it writes
 * them about a second later and keeps some after the record is gone ("Twenty 2.21, measured").
 */
export async function removeTraces(client: Client, thing: ObjectName): Promise<void> {
  await destroyAll(client, thing, everyRow);
  const timeline = { singular: 'timelineActivity', plural: 'timelineActivities' };
  const written = { name: { startsWith: `${thing.singular}.` } };
  do await sleep(settlingMs);
  while ((await destroyAll(client, timeline, written)) > 0);
}

/** Answers how many were destroyed. */
async function destroyAll(client: Client, object: ObjectName, filter: Filter): Promise<number> {
  const records = recordsOf(client, object);
  for (let destroyed = 0; ;) {
    const { edges } = page(await records.findMany({ filter, first: atOnce }));
    if (edges.length === 0) return destroyed;
    await records.destroyMany(edges.map((edge) => edge.node.id));
    destroyed += edges.length;
  }
}
