import type { Clock } from '../../contract/context.ts';
import type { Access } from '../access.ts';
import type { WorkspaceSchema } from '../schema.ts';
import { schemaRequest } from '../twenty/operations.ts';
import { readSchema } from '../twenty/read-schema.ts';

/** The workspace's objects and fields, read when first needed and again when something is missing. */
export interface SchemaSource {
  readonly current: (signal: AbortSignal) => Promise<WorkspaceSchema>;
  /** Reads it again, unless that was done a moment ago. */
  readonly refreshed: (signal: AbortSignal) => Promise<WorkspaceSchema>;
}

/** Somebody may install the missing part right now; asking more often than this would not make it come sooner. */
const freshMs = 5000;

export function createSchemaSource(access: Access, clock: Clock): SchemaSource {
  let schema: Promise<WorkspaceSchema> | undefined;
  let readAt = 0;

  async function read(signal: AbortSignal): Promise<WorkspaceSchema> {
    const { data } = await access.metadata(schemaRequest, signal);
    readAt = clock.now();
    return readSchema(data);
  }

  function load(signal: AbortSignal): Promise<WorkspaceSchema> {
    const loading = read(signal);
    schema = loading;
    loading.catch(() => {
      if (schema === loading) schema = undefined;
    });
    return loading;
  }

  return {
    current: (signal) => schema ?? load(signal),
    refreshed: (signal) => (schema !== undefined && clock.now() - readAt < freshMs ? schema : load(signal)),
  };
}
