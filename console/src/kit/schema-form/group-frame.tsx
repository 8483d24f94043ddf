import { Fieldset, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { FieldProps } from './frame.ts';

interface GroupFrameProps extends Pick<FieldProps, 'setting' | 'state' | 'label'> {
  readonly gap: 'xs' | 'md';
  readonly children: ReactNode;
}

/** Around a setting that consists of several fields: its name, what it is for, and what is wrong with it. */
export function GroupFrame({ setting: { name, schema }, state, label, gap, children }: GroupFrameProps) {
  const error = state.errors[name];
  return (
    <Fieldset legend={label} id={`setting-${name}`} tabIndex={-1}>
      <Stack gap={gap}>
        <Text size="xs" c="dimmed">
          {schema.description}
        </Text>
        {children}
        {error !== undefined && (
          <Text size="sm" className="grave" role="alert">
            {error}
          </Text>
        )}
      </Stack>
    </Fieldset>
  );
}

/** What such a setting is now: as edited, else as stored, else as it is without a choice. */
export const valueOf = ({ setting: { name, schema }, state }: Pick<FieldProps, 'setting' | 'state'>): unknown =>
  name in state.edited ? state.edited[name] : (state.stored[name] ?? schema.default);
