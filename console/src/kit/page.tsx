import { Group, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useTexts } from '../texts/index.ts';

interface PageProps {
  readonly title: string;
  readonly intro?: string;
  /** To the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** The frame of every page inside the console: one heading, what the page is for, what can be done. */
export function Page({ title, intro, actions, children }: PageProps) {
  const { shell } = useTexts();
  useDocumentTitle(`${title} · ${shell.product}`);
  return (
    <Stack gap="lg">
      <Group justify="space-between" align="flex-start" gap="sm">
        <div>
          <Title order={1} fz={24}>
            {title}
          </Title>
          {intro !== undefined && (
            <Text c="dimmed" size="sm" mt={2} maw={720}>
              {intro}
            </Text>
          )}
        </div>
        {actions !== undefined && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </Stack>
  );
}
