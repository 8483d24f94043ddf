import { type Setting, type Values } from './schema.ts';

export interface FormState {
  /** What was changed; `null` takes a setting away. */
  readonly edited: Values;
  readonly stored: Values;
  /** Names of the secrets that are set. */
  readonly secrets: readonly string[];
  /** By name of the setting. */
  readonly errors: Readonly<Record<string, string>>;
}

/** @param value undefined undoes the edit */
export function withEdit(edited: Values, { name, schema }: Setting, value: unknown, stored: Values): Values {
  const { [name]: _before, ...rest } = edited;
  if (value === undefined) return rest;
  // What is as it was is no change, so that the page does not ask to save it.
  const before = stored[name] ?? (schema.secret === true ? undefined : (schema.default ?? null));
  return JSON.stringify(value) === JSON.stringify(before) ? rest : { ...rest, [name]: value };
}

interface Complaints {
  readonly mustFill: string;
  readonly range: (from: number, to: number) => string;
}

/** What can be told without asking the hub, in the person's own language. The hub checks all of it again. */
export function complaints(settings: readonly Setting[], state: FormState, words: Complaints): Record<string, string> {
  const found: Record<string, string> = {};
  for (const { name, schema, isRequired } of settings) {
    const value = name in state.edited ? state.edited[name] : state.stored[name];
    const isSet = (value ?? '') !== '' || (!(name in state.edited) && state.secrets.includes(name));
    if (isRequired && !isSet) found[name] = words.mustFill;
    const { minimum = -Infinity, maximum = Infinity } = schema;
    if (typeof value === 'number' && (value < minimum || value > maximum)) found[name] = words.range(minimum, maximum);
  }
  return found;
}
