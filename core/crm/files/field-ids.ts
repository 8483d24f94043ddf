import { LRUCache } from 'lru-cache';
import { RefusedError } from '../../contract/errors.ts';
import type { Access } from '../access.ts';
import { readNamedObjects } from '../permissions/read.ts';

/** Twenty's ids of fields, which differ between workspaces. Asking takes seconds, so answers are remembered for a while. */
export interface FieldIds {
  /** @throws RefusedError when the workspace has no such field */
  readonly find: (tenantId: string, access: Access, place: FieldPlace, signal: AbortSignal) => Promise<string>;
}

export type FieldPlace = { readonly object: string; readonly field: string };

const rememberMs = 10 * 60_000;

export function createFieldIds(): FieldIds {
  const known = new LRUCache<string, string>({ max: 5000, ttl: rememberMs });
  return {
    find: async (tenantId, access, { object, field }, signal) => {
      const key = `${tenantId}/${object}/${field}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const objects = await readNamedObjects((request) => access.metadata(request, signal));
      const fields = objects.find(({ name }) => name === object)?.fields;
      const id = fields?.find(({ names }) => names.includes(field))?.id;
      if (id === undefined) throw noSuchField(object, field);
      known.set(key, id);
      return id;
    },
  };
}

const noSuchField = (object: string, field: string): RefusedError =>
  new RefusedError(`Twenty's object "${object}" has no field "${field}" for files`, {
    remedy: 'Install or update the Switchboard app in this workspace (npm run crm:install), then run the job again.',
    field,
  });
