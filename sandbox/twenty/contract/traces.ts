import { setTimeout as sleep } from 'node:timers/promises';
import { page } from './answers.ts';
import type { Client } from './client.ts';
import { eventually } from './eventually.ts';
import { type Filter, type ObjectName, pascal, recordsOf } from './records.ts';

const timeline: ObjectName = { singular: 'timelineActivity', plural: 'timelineActivities' };
const everyRow: Filter = { or: [{ deletedAt: { is: 'NULL' } }, { deletedAt: { is: 'NOT_NULL' } }] };
const atOnce = 200;
const settlingMs = 3000;

/**
 * Destroys the records of the run's own object by id, and the timeline entries that Twenty wrote about them: it writes
 * them about a second later and keeps some after the record is gone ("Twenty 2.21, measured").
 */
export async function removeTraces(client: Client, thing: ObjectName): Promise<void> {
  await destroyAll(client, thing, everyRow);
  // Also those about a second object that a test made: it has the same random name with a word appended.
  const written = { name: { startsWith: thing.singular } };
  do await sleep(settlingMs);
  while ((await destroyAll(client, timeline, written)) > 0);
}

/**
 * Destroys the timeline entry that Twenty writes about a new note or task. The entry would stay, pointing at nothing,
 * when the record goes first; with companies and people it goes along ("Twenty 2.21, measured").
 */
export async function removeTimeline(client: Client, object: ObjectName, id: string): Promise<void> {
  const entries = { [`target${pascal(object.singular)}Id`]: { eq: id } };
  const destroyedAny = async () => ((await destroyAll(client, timeline, entries)) > 0 ? true : undefined);
  await eventually(destroyedAny, settlingMs);
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
