import type { CheckLine } from '../../contract/check.ts';
import type { MirroredObject } from '../../contract/crm.ts';
import { mergeDeclarations } from '../mirror/declare.ts';
import { missingFields } from '../schema.ts';
import type { TwentyClient } from '../twenty/client.ts';
import { schemaRequest } from '../twenty/operations.ts';
import { readSchema } from '../twenty/read-schema.ts';
import { failedLine, ok } from './lines.ts';

const name = 'Objects';

/** Whether the workspace has what the hub reads. */
export async function checkObjects(
  client: TwentyClient,
  apiKey: string,
  declared: readonly MirroredObject[],
  signal: AbortSignal,
): Promise<CheckLine> {
  try {
    const { data } = await client.metadata(apiKey, schemaRequest, signal);
    const schema = readSchema(data);
    const missing = [...mergeDeclarations(declared).values()].flatMap(({ object, fields }) => {
      const there = schema.get(object);
      return there === undefined ? [object] : missingFields(there, fields).map((field) => `${object}.${field}`);
    });
    if (missing.length === 0) {
      const finding = { code: 'objects.there', values: { count: schema.size } };
      return ok(name, `All objects that the hub reads are there (${schema.size} in the workspace).`, finding);
    }
    const remedy = 'install or update the app: connect again with --install-app, or run npm run crm:install';
    const finding = { code: 'objects.missing', values: { missing: missing.join(', ') } };
    return { name, state: 'warning', detail: `Missing: ${missing.join(', ')}.`, remedy, ...finding };
  } catch (error) {
    return failedLine(name, error, 'give the API key the role Admin', signal);
  }
}
