import type { Setting } from './schema.ts';
import type { FormState } from './state.ts';

export interface FieldProps {
  readonly setting: Setting;
  readonly state: FormState;
  readonly label: string;
  /** @param value `null` takes the setting away; undefined undoes the edit */
  readonly onEdit: (name: string, value: unknown) => void;
}

/** What all kinds of fields have in common. */
export function frame({ setting, state, label }: FieldProps) {
  const { name, schema, isRequired } = setting;
  return {
    id: `setting-${name}`,
    label,
    withAsterisk: isRequired,
    ...(schema.description === undefined ? {} : { description: schema.description }),
    ...(state.errors[name] === undefined ? {} : { error: state.errors[name] }),
  };
}
