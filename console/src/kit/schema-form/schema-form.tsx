import { Alert, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTexts } from '../../texts/index.ts';
import { Field } from './field.tsx';
import type { Setting } from './schema.ts';
import type { FormState } from './state.ts';

interface SchemaFormProps {
  readonly settings: readonly Setting[];
  readonly state: FormState;
  readonly labelOf: (setting: Setting) => string;
  readonly onEdit: (name: string, value: unknown) => void;
  readonly children?: ReactNode;
}

/** A form drawn from a schema: one field per setting, with the schema's own words as its help. */
export function SchemaForm({ settings, state, labelOf, onEdit, children }: SchemaFormProps) {
  const { plugins } = useTexts();
  if (settings.length === 0) return <Alert variant="light" color="gray" title={plugins.noSettings} />;
  return (
    <Stack gap="md">
      {settings.map((setting) => (
        <Field key={setting.name} setting={setting} state={state} label={labelOf(setting)} onEdit={onEdit} />
      ))}
      {children}
    </Stack>
  );
}
