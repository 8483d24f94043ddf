import { Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface SectionProps {
  readonly title: string;
  /** Where the page's own title says it already. */
  readonly isTitleHidden?: boolean;
  readonly hint?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

/** A card with a heading. */
export function Section({ title, isTitleHidden = false, hint, actions, children }: SectionProps) {
  return (
    <Paper withBorder radius="md" p={{ base: 'md', sm: 'lg' }} component="section">
      <Stack gap="md">
        <Group
          justify="space-between"
          align="flex-start"
          gap="xs"
          {...(isTitleHidden ? { className: 'visually-hidden' } : {})}
        >
          <div>
            <Title order={2} fz={16}>
              {title}
            </Title>
            {hint !== undefined && (
              <Text c="dimmed" size="sm">
                {hint}
              </Text>
            )}
          </div>
          {actions !== undefined && <Group gap="xs">{actions}</Group>}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
