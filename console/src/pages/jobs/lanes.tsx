import { Paper, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { jobStates } from '../../api/operations.ts';
import type { Lane } from '../../api/types.ts';
import { useTexts } from '../../texts/index.ts';

const order = ['live', 'normal', 'bulk'] as const satisfies readonly Lane['lane'][];

/** How much is under way, lane by lane: each has workers of its own. @param lanes undefined until the hub has answered */
export function Lanes({ lanes }: { readonly lanes: readonly Lane[] | undefined }) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      {lanes === undefined
        ? order.map((name) => <Skeleton key={name} height={96} radius="md" />)
        : lanes.map((lane) => <OneLane key={lane.lane} lane={lane} />)}
    </SimpleGrid>
  );
}

function OneLane({ lane }: { readonly lane: Lane }) {
  const { jobs } = useTexts().operations;
  const all = jobStates.reduce((sum, state) => sum + lane[state], 0);
  const busy = jobStates.filter((state) => lane[state] > 0);
  return (
    <Paper withBorder radius="md" p="md" component="section">
      <Stack gap={4}>
        <Title order={2} fz={13} fw={600} c="dimmed">
          {jobs.lanes[lane.lane].name}
        </Title>
        <Text fw={650} fz={18} lh={1.3}>
          {jobs.count(all)}
        </Text>
        <Text size="sm" c="dimmed">
          {all === 0
            ? jobs.lanes[lane.lane].hint
            : busy.map((state) => `${jobs.states[state]}: ${lane[state]}`).join(' · ')}
        </Text>
      </Stack>
    </Paper>
  );
}
