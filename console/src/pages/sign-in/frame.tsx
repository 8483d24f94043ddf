import { Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import mark from '../../app/mark.svg';
import { PreferencesMenu } from '../../app/preferences.tsx';
import { useTexts } from '../../texts/index.ts';

interface FrameProps {
  readonly title: string;
  readonly hint?: string;
  readonly width?: number;
  readonly children?: ReactNode;
}

/** A page before somebody is signed in: one card in the middle. */
export function Frame({ title, hint, width = 440, children }: FrameProps) {
  const { shell } = useTexts();
  useDocumentTitle(`${title} · ${shell.product}`);
  return (
    <Center mih="100dvh" p="md" component="main">
      <Stack w="100%" maw={width} gap="md">
        <Group justify="space-between">
          <Group gap="sm">
            <img src={mark} alt="" width={30} height={30} />
            <Text fw={700}>{shell.product}</Text>
          </Group>
          <PreferencesMenu />
        </Group>
        <Paper withBorder shadow="xs" radius="lg" p={{ base: 'lg', sm: 'xl' }}>
          <Stack gap="lg">
            <div>
              <Title order={1} fz={22}>
                {title}
              </Title>
              {hint !== undefined && (
                <Text c="dimmed" size="sm" mt={6}>
                  {hint}
                </Text>
              )}
            </div>
            {children}
          </Stack>
        </Paper>
      </Stack>
    </Center>
  );
}
