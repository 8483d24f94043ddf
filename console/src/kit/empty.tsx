import { Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';

interface EmptyProps {
  readonly icon: Icon;
  readonly title: string;
  /** Why there is nothing, and what would put something here. */
  readonly hint: string;
  /** The whole page is about it: its title is the page's heading. */
  readonly isPage?: boolean;
  readonly children?: ReactNode;
}

export function Empty({ icon: Sign, title, hint, isPage = false, children }: EmptyProps) {
  return (
    <Stack align="center" gap="xs" py={48} px="md" ta="center">
      <ThemeIcon size={52} radius="xl" variant="light" color="gray" aria-hidden>
        <Sign size={26} />
      </ThemeIcon>
      {isPage ? (
        <Title order={1} fz={20}>
          {title}
        </Title>
      ) : (
        <Text fw={600}>{title}</Text>
      )}
      <Text size="sm" c="dimmed" maw={460}>
        {hint}
      </Text>
      {children}
    </Stack>
  );
}
