import { Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { replayDelivery, workQuery } from '../../api/operations.ts';
import { useMay, useTenant } from '../../api/session.ts';
import type { Delivery } from '../../api/types.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { StateBadge, type Tone } from '../../kit/state-badge.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

const tones: Readonly<Record<Delivery['result'], Tone>> = {
  waiting: 'waiting',
  done: 'ok',
  ignored: 'off',
  rejected: 'warning',
  failed: 'failed',
};

export function DeliveryTable({ rows }: { readonly rows: readonly Delivery[] }) {
  const { deliveries } = useTexts();
  const { columns, directions, results } = deliveries;
  const { data: work } = useQuery(workQuery(useTenant()));
  const nameOf = (plugin: string) => work?.plugins.find(({ id }) => id === plugin)?.name ?? plugin;
  return (
    <DataTable
      caption={deliveries.title}
      rows={rows}
      idOf={({ id }) => id}
      columns={[
        { id: 'at', title: columns.at, cell: ({ createdAt }) => <Moment at={createdAt} /> },
        {
          id: 'result',
          title: columns.result,
          cell: ({ result }) => <StateBadge tone={tones[result]}>{results[result]}</StateBadge>,
        },
        {
          id: 'summary',
          title: columns.summary,
          cell: ({ summary }) => <span className="break">{summary}</span>,
          isWide: true,
        },
        { id: 'plugin', title: columns.plugin, cell: ({ pluginId }) => nameOf(pluginId) },
        {
          id: 'kind',
          title: columns.kind,
          cell: ({ kind, direction }) => <span className="nowrap">{`${kind} · ${directions[direction]}`}</span>,
        },
      ]}
      details={(delivery) => <Details delivery={delivery} />}
    />
  );
}

function Details({ delivery }: { readonly delivery: Delivery }) {
  const { deliveries, common } = useTexts();
  const tenant = useTenant();
  const may = useMay();
  const again = useDeed({
    act: () => replayDelivery(tenant, delivery.id),
    done: () => deliveries.againDone,
    touches: ['deliveries', 'work'],
  });
  const { remedy, errorCode, recordId, updatedAt, id, direction } = delivery;
  return (
    <Stack gap="sm" py="xs">
      {remedy !== null && (
        <Fact name={common.problem.remedy}>
          <b>{remedy}</b>
        </Fact>
      )}
      {errorCode !== null && <Fact name={deliveries.error}>{errorCode}</Fact>}
      <Fact name={deliveries.updated}>
        <Moment at={updatedAt} />
      </Fact>
      {recordId !== null && <Fact name={deliveries.record}>{recordId}</Fact>}
      <Fact name={deliveries.id}>{id}</Fact>
      {direction === 'in' && may('operations.manage') && (
        <Group gap="sm">
          <ActionButton icon={IconRefresh} isBusy={again.isPending} onAct={() => again.mutate(undefined)}>
            {deliveries.again}
          </ActionButton>
          <Text size="xs" c="dimmed">
            {deliveries.againHint}
          </Text>
        </Group>
      )}
    </Stack>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <Text size="sm" className="break" component="div">
      <Text span size="sm" c="dimmed">
        {name}:{' '}
      </Text>
      {children}
    </Text>
  );
}
