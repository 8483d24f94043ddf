import { Select } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import type { Role } from '../../api/roles.ts';
import { useTexts } from '../../texts/index.ts';

/** As in kit.css: from here on a window is narrow. */
const NARROW = '(max-width: 48em)';

/** Which roles have room: all of them, or on a telephone one, with the means to choose it. */
export function useShownRoles(roles: readonly Role[]): { readonly shown: readonly Role[]; readonly picker: ReactNode } {
  const { roles: words } = useTexts();
  const isNarrow = useMediaQuery(NARROW, undefined, { getInitialValueInEffect: false });
  const [picked, setPicked] = useState<string>();
  if (!isNarrow) return { shown: roles, picker: undefined };
  const role = roles.find(({ id }) => id === picked) ?? roles.find(({ isFixed }) => !isFixed) ?? roles[0];
  return {
    shown: role === undefined ? [] : [role],
    picker: (
      <Select
        label={words.role}
        data={roles.map(({ id, label }) => ({ value: id, label }))}
        value={role?.id ?? null}
        onChange={(id) => setPicked(id ?? undefined)}
        allowDeselect={false}
      />
    ),
  };
}
