import { Button, Group, Stack, Text } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { discardParked, replayParked } from '../../api/operations.ts';
import { useMay, useTenant } from '../../api/session.ts';
import type { ParkedWrite } from '../../api/types.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

const touches = ['parked', 'work', 'crm-status'];

export function ParkedWrites({ parked }: { readonly parked: readonly ParkedWrite[] }) {
  const { deliveries, common } = useTexts();
  const { stuck } = deliveries;
  const tenant = useTenant();
  const mayAct = useMay()('operations.manage');
  const all = useDeed({ act: async () => (await replayParked(tenant)).count, done: stuck.done, touches });
  return (
    <Stack gap="sm">
      {mayAct && (
        <Group>
          <Button
            size="xs"
            leftSection={<IconRefresh size={15} aria-hidden />}
            loading={all.isPending}
            onClick={() => all.mutate(undefined)}
          >
            {stuck.runAll(parked.length)}
          </Button>
        </Group>
      )}
      <DataTable
        caption={stuck.writes}
        rows={parked}
        idOf={({ id }) => String(id)}
        columns={[
          { id: 'object', title: stuck.columns.object, cell: ({ object }) => object },
          {
            id: 'reason',
            title: stuck.columns.reason,
            isWide: true,
            cell: ({ message, remedy }) => (
              <div className="break">
                <Text size="sm">{message}</Text>
                {remedy !== undefined && (
                  <Text size="sm" c="dimmed">
                    {common.problem.remedy}: {remedy}
                  </Text>
                )}
              </div>
            ),
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

function Details({ write, mayAct }: { readonly write: ParkedWrite; readonly mayAct: boolean }) {
  const { deliveries } = useTexts();
  const { stuck } = deliveries;
  const tenant = useTenant();
  const [isDiscarding, setDiscarding] = useState(false);
  const replay = useDeed({ act: async () => (await replayParked(tenant, write.id)).count, done: stuck.done, touches });
  const discard = useDeed({
    act: (reason: string) => discardParked(tenant, write.id, reason),
    done: () => stuck.discarded,
    touches,
    isQuiet: true,
  });
  return (
    <Stack gap="sm" py="xs">
      <Text size="sm" className="break">
        {deliveries.record}: {write.recordId}
      </Text>
      {mayAct && (
        <Group gap="xs">
          <Button size="xs" variant="default" loading={replay.isPending} onClick={() => replay.mutate(undefined)}>
            {stuck.runAgain}
          </Button>
          <Button size="xs" variant="subtle" color="red" className="grave" onClick={() => setDiscarding(true)}>
            {stuck.discard}
          </Button>
        </Group>
      )}
      {isDiscarding && (
        <Confirm
          title={stuck.discardTitle}
          text={stuck.discardText}
          deed={stuck.discard}
          isGrave
          asksReason={{}}
          isBusy={discard.isPending}
          error={discard.error}
          onConfirm={(reason) => discard.mutate(reason)}
          onClose={() => setDiscarding(false)}
        />
      )}
    </Stack>
  );
}
