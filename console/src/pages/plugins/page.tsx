import { Button, Group, Paper, SimpleGrid, Skeleton, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { pluginsQuery } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { iconOf, toneOf } from './look.ts';

export function PluginsPage() {
  const { texts, spoken } = useSpeech();
  const { plugins } = texts;
  const query = useQuery(pluginsQuery(useTenant(), spoken));
  return (
    <Page title={plugins.title} intro={plugins.intro}>
      <Loaded query={query} skeleton={<Skeletons />}>
        {(all) => (
          <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
            {all.map((plugin) => (
              <PluginCard key={plugin.id} plugin={plugin} />
            ))}
          </SimpleGrid>
        )}
      </Loaded>
    </Page>
  );
}

function PluginCard({ plugin }: { readonly plugin: Plugin }) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const { id, name, summary, state, detail } = plugin;
  const Sign = iconOf(id);
  return (
    <Paper withBorder radius="md" p="lg" component="article">
      <Stack gap="sm" h="100%">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Group gap="sm" wrap="nowrap">
            <ThemeIcon variant="light" size={40} radius="md" aria-hidden>
              <Sign size={22} stroke={1.6} />
            </ThemeIcon>
            <Title order={2} fz={17}>
              {name}
            </Title>
          </Group>
          <StateBadge tone={toneOf(state)}>{plugins.states[state]}</StateBadge>
        </Group>
        <Text size="sm" c="dimmed" flex={1}>
          {summary}
        </Text>
        {detail !== '' && <Text size="sm">{detail}</Text>}
        <Group>
          <Button
            size="xs"
            variant={state === 'disabled' ? 'filled' : 'default'}
            renderRoot={(props) => <Link {...props} to="/$tenant/plugins/$plugin" params={{ tenant, plugin: id }} />}
            disabled={state === 'broken'}
          >
            {state === 'disabled' ? plugins.setUp : plugins.open}
            <span className="visually-hidden"> {name}</span>
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Skeletons() {
  return (
    <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
      <Skeleton height={180} radius="md" />
      <Skeleton height={180} radius="md" />
    </SimpleGrid>
  );
}
