import { z } from 'zod';
import type { RecordRow } from '../twenty/operations.ts';

/** What a webhook of Twenty says, as far as it is used (Twenty 2.21, measured; its documentation shows another shape). */
const schema = z.object({
  eventName: z.string().regex(/^\w+\.(created|updated|deleted|restored|destroyed)$/),
  workspaceId: z.uuid(),
  eventDate: z.iso.datetime(),
  userId: z.string().nullish(),
  updatedFields: z.array(z.string()).default([]),
  objectMetadata: z.object({ nameSingular: z.string() }),
  record: z.looseObject({ id: z.uuid(), updatedAt: z.iso.datetime(), deletedAt: z.iso.datetime().nullish() }),
});

export type Delivery = z.output<typeof schema>;

/** @returns undefined when it is something else */
export function parseDelivery(body: Buffer): Delivery | undefined {
  try {
    return schema.safeParse(JSON.parse(body.toString('utf8'))).data;
  } catch {
    return undefined;
  }
}

export const objectOf = ({ objectMetadata }: Delivery): string => objectMetadata.nameSingular;

/** Only what people change carries `userId` (Twenty 2.21, measured). */
export const isByPerson = ({ userId }: Delivery): boolean => typeof userId === 'string';

export const isDestruction = ({ eventName }: Delivery): boolean => eventName.endsWith('.destroyed');

/** A destroyed record is one that stays deleted: whatever comes late about it is older than its end. Nothing else of it is kept. */
export function rowOf(delivery: Delivery): RecordRow {
  const { eventDate, record } = delivery;
  if (isDestruction(delivery)) return { id: record.id, updatedAt: eventDate, deletedAt: eventDate };
  return { ...record, deletedAt: record.deletedAt ?? null };
}

/** Twenty keeps them itself: they change with every write, whoever made it. */
const keptByTwenty = new Set(['updatedAt', 'updatedBy', 'searchVector']);

/** What the writer changed. */
export const changedFields = ({ updatedFields }: Delivery): string[] =>
  updatedFields.filter((name) => !keptByTwenty.has(name));
