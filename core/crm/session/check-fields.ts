import type { SwitchboardError } from '../../contract/errors.ts';
import type { ObjectSchema } from '../schema.ts';
import type { SessionContext } from './context.ts';
import { isTwentyId } from '../ids.ts';
import { invalidId, invalidOption, missingField } from './refusals.ts';

type Draft = { readonly seqs: readonly number[]; readonly fields: Readonly<Record<string, unknown>> };

/**
 * Finds fields and options that the workspace does not have, before Twenty refuses a whole batch because of them. The
 * schema is read again first: somebody may have added them.
 */
export async function checkFields<D extends Draft>(
  { schema }: SessionContext,
  known: ObjectSchema,
  drafts: readonly D[],
  signal: AbortSignal,
): Promise<{ object: ObjectSchema; drafts: D[]; refused: { seqs: readonly number[]; error: SwitchboardError }[] }> {
  const isFine = drafts.every(({ fields }) => fieldProblem(known, fields) === undefined);
  const object = isFine ? known : ((await schema.refreshed(signal)).get(known.name) ?? known);
  const valid: D[] = [];
  const refused: { seqs: readonly number[]; error: SwitchboardError }[] = [];
  for (const draft of drafts) {
    const error = fieldProblem(object, draft.fields);
    if (error === undefined) valid.push(draft);
    else refused.push({ seqs: draft.seqs, error });
  }
  return { object, drafts: valid, refused };
}

function fieldProblem(object: ObjectSchema, fields: Readonly<Record<string, unknown>>): SwitchboardError | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const field = object.fields.get(name);
    // `x: { connect: … }` is written under the relation's own name.
    if (field === undefined && !object.fields.has(`${name}Id`)) return missingField(object.name, name);
    if (field?.type === 'UUID' && value !== null && !isTwentyId(value)) return invalidId(object.name, name);
    const options = field?.options;
    if (options === undefined || options.length === 0 || value === null) continue;
    const values: unknown[] = Array.isArray(value) ? value : [value];
    if (values.some((one) => !options.includes(one as string))) return invalidOption(object.name, name, options);
  }
  return undefined;
}
