import { Button, Group, Stack, Text } from '@mantine/core';
import { discardParked, replayParked } from '../../api/operations.ts';
import { useMay, useTenant } from '../../api/session.ts';
import type { ParkedWrite } from '../../api/types.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { humanize } from '../../kit/schema-form/schema.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { Discard, Reason, RunAgain } from './parts.tsx';

const touches = ['parked', 'work', 'crm-status'];

export function ParkedWrites({ parked }: { readonly parked: readonly ParkedWrite[] }) {
  const { stuck } = useTexts().deliveries;
  const mayAct = useMay()('operations.manage');
  const all = useReplay();
  return (
    <Stack gap="sm">
      {mayAct && (
        <RunAgain label={stuck.runAll(parked.length)} isBusy={all.isPending} onRun={() => all.mutate(undefined)} />
      )}
      <DataTable
        caption={stuck.writes}
        rows={parked}
        idOf={({ id }) => String(id)}
        columns={[
          { id: 'object', title: stuck.columns.object, cell: ({ object }) => humanize(object) },
          {
            id: 'reason',
            title: stuck.columns.reason,
            isWide: true,
            cell: ({ message, remedy }) => <Reason message={message} remedy={remedy} />,
          },
          {
            id: 'fields',
            title: stuck.columns.fields,
            cell: ({ fieldNames }) => <span className="break">{fieldNames.join(', ')}</span>,
          },
          { id: 'parked', title: stuck.columns.parked, cell: ({ parkedAt }) => <Moment at={parkedAt} /> },
        ]}
        details={(write) => <Details write={write} mayAct={mayAct} />}
      />
    </Stack>
  );
}

/** Sends one again, or without an id all of them. */
function useReplay() {
  const { stuck } = useTexts().deliveries;
  const tenant = useTenant();
  return useDeed({
    act: async (id: number | undefined) => (await replayParked(tenant, id)).count,
    done: stuck.done,
    touches,
  });
}

function Details({ write, mayAct }: { readonly write: ParkedWrite; readonly mayAct: boolean }) {
  const { deliveries } = useTexts();
  const tenant = useTenant();
  const replay = useReplay();
  return (
    <Stack gap="sm" py="xs">
      <Text size="sm" className="break">
        {deliveries.record}: {write.recordId}
      </Text>
      {mayAct && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(write.id)}>
            {deliveries.stuck.runAgain}
          </Button>
          <Discard act={(reason) => discardParked(tenant, write.id, reason)} touches={touches} />
        </Group>
      )}
    </Stack>
  );
}
