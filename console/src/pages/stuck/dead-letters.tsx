import { Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { discardDeadLetter, replayDeadLetters } from '../../api/operations.ts';
import { useMay, useTenant } from '../../api/session.ts';
import type { DeadLetter } from '../../api/types.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { EditPayload } from './edit-payload.tsx';
import { Discard, Reason, RunAgain } from './parts.tsx';

const touches = ['dead-letters', 'work', 'deliveries'];

interface DeadLettersProps {
  /** The newest. */
  readonly letters: readonly DeadLetter[];
  readonly total: number;
}

export function DeadLetters({ letters, total }: DeadLettersProps) {
  const { stuck } = useTexts().deliveries;
  const tenant = useTenant();
  const mayAct = useMay()('operations.manage');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const picked = letters.filter(({ id }) => chosen.has(id));
  const replay = useDeed({
    // One by one where they were picked, so that one that is gone meanwhile holds up no other.
    act: async () => {
      if (picked.length === 0) return (await replayDeadLetters(tenant, {})).count;
      const answers = await Promise.allSettled(picked.map(async ({ id }) => await replayDeadLetters(tenant, { id })));
      return answers.reduce((sum, answer) => sum + (answer.status === 'fulfilled' ? answer.value.count : 0), 0);
    },
    done: stuck.done,
    touches,
    onDone: () => setChosen(new Set()),
  });
  return (
    <Stack gap="sm">
      {mayAct && (
        <RunAgain
          label={picked.length === 0 ? stuck.runAll(total) : stuck.runSelected(picked.length)}
          isBusy={replay.isPending}
          onRun={() => replay.mutate(undefined)}
        />
      )}
      <DataTable
        caption={stuck.jobs}
        rows={letters}
        idOf={({ id }) => id}
        columns={[
          { id: 'type', title: stuck.columns.job, cell: ({ type, owner }) => <JobName type={type} owner={owner} /> },
          {
            id: 'reason',
            title: stuck.columns.reason,
            isWide: true,
            cell: ({ errorMessage, remedy }) => <Reason message={errorMessage} remedy={remedy} />,
          },
          { id: 'attempts', title: stuck.columns.attempts, cell: ({ attempts }) => attempts },
          { id: 'died', title: stuck.columns.died, cell: ({ diedAt }) => <Moment at={diedAt} /> },
        ]}
        details={(letter) => <Details letter={letter} mayAct={mayAct} />}
        {...(mayAct
          ? { selection: { chosen, onChoose: setChosen, labelOf: (id: string) => `${stuck.select} ${id}` } }
          : {})}
      />
      {total > letters.length && (
        <Text size="sm" c="dimmed">
          {stuck.newest(letters.length, total)}
        </Text>
      )}
    </Stack>
  );
}

function JobName({ type, owner }: Pick<DeadLetter, 'type' | 'owner'>) {
  return (
    <div>
      <Text size="sm" fw={600} className="break">
        {type}
      </Text>
      <Text size="xs" c="dimmed">
        {owner}
      </Text>
    </div>
  );
}

function Details({ letter, mayAct }: { readonly letter: DeadLetter; readonly mayAct: boolean }) {
  const { stuck } = useTexts().deliveries;
  const tenant = useTenant();
  const replay = useDeed({
    act: async (payload: unknown) => (await replayDeadLetters(tenant, { id: letter.id, payload })).count,
    done: stuck.done,
    touches,
  });
  return (
    <EditPayload
      payload={letter.payload}
      isBusy={replay.isPending}
      mayAct={mayAct}
      onRun={(payload) => replay.mutate(payload)}
    >
      <Discard act={(reason) => discardDeadLetter(tenant, letter.id, reason)} touches={touches} />
    </EditPayload>
  );
}
