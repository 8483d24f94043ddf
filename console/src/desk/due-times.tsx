import { Text } from '@mantine/core';
import type { OpenCase } from '../api/desk.ts';
import { Due } from '../pages/cases/promises.tsx';
import { useTexts } from '../texts/index.ts';

const promises = [
  ['response', 'responseDueAt'],
  ['resolve', 'resolveDueAt'],
] as const;

/** What was promised for an open case and is still to be kept; nothing where nothing was promised. */
export function DueTimes({ of }: { readonly of: OpenCase }) {
  const { caseWork } = useTexts();
  const open = promises.flatMap(([kind, field]) => {
    const at = of[field];
    return at === null ? [] : [{ kind, at }];
  });
  return open.map(({ kind, at }) => (
    <Text key={kind} span size="sm" c="dimmed" display="block">
      {caseWork.promise[kind]}: <Due at={at} />
    </Text>
  ));
}
