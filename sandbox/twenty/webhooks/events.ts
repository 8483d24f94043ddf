import type { ObjectMetadata } from '../types.ts';

/** Something that happened to a record, as webhooks tell it. */
export type RecordEvent = {
  object: ObjectMetadata;
  action: 'created' | 'updated' | 'deleted' | 'restored' | 'destroyed';
  /** The record after the change, or before it for `destroyed`; relations as ids. */
  record: Record<string, unknown>;
  updatedFields?: string[];
};
