import { Button, Group, Text } from '@mantine/core';
import { IconArrowBackUp, IconRoute } from '@tabler/icons-react';
import { useState } from 'react';
import { type Flow, type FolderPage, undoFlow } from '../../api/malfunctions.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { type Texts, useTexts } from '../../texts/index.ts';

/** The ledger: what flowed to the cases, and the way back. */
export function History({ shown: { flows } }: { readonly shown: FolderPage }) {
  const { malfunctions } = useTexts();
  return (
    <Section title={malfunctions.history} hint={malfunctions.historyHint}>
      {flows.length === 0 ? (
        <Empty icon={IconRoute} title={malfunctions.historyNone} hint={malfunctions.historyNoneHint} />
      ) : (
        <ul className="folder-lines">
          {flows.map((flow) => (
            <FlowLine key={flow.id} flow={flow} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function FlowLine({ flow }: { readonly flow: Flow }) {
  const { malfunctions } = useTexts();
  const may = useMay();
  const isUndone = flow.undoneAt !== null;
  return (
    <li className="folder-line">
      <div className="grow">
        <Text size="sm" fw={600}>
          {titleOf(flow, malfunctions)}
        </Text>
        {flow.note !== '' && <Text size="sm">{flow.note}</Text>}
        <Text size="xs" c="dimmed">
          {[flow.by, ...countsOf(flow.lines.map(({ result }) => malfunctions.lineResults[result] ?? result))].join(
            ' · ',
          )}{' '}
          · <Moment at={flow.at} />
        </Text>
        {isUndone && (
          <Text size="xs" c="dimmed">
            {[
              malfunctions.undone(flow.undoneBy ?? ''),
              ...countsOf(
                flow.lines.flatMap(({ undone }) =>
                  undone === null ? [] : [malfunctions.undoneResults[undone] ?? undone],
                ),
              ),
            ].join(' · ')}
          </Text>
        )}
      </div>
      {!isUndone && may('malfunctions.manage') && <Undo flow={flow} />}
    </li>
  );
}

function titleOf(
  { kind, was, became }: Flow,
  { flowNote, flowStatus, flowAgain, states }: Texts['malfunctions'],
): string {
  if (kind === 'note') return flowNote;
  return became === '' ? flowAgain : flowStatus(states[was] ?? was, states[became] ?? became);
}

/** `changed: 2` */
function countsOf(results: readonly string[]): string[] {
  return [...Map.groupBy(results, (result) => result)].map(([result, all]) => `${result}: ${all.length}`);
}

function Undo({ flow }: { readonly flow: Flow }) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const [isOpen, setOpen] = useState(false);
  const deed = useDeed({
    act: () => undoFlow(tenant, flow.id),
    done: ({ lines }) => {
      const restored = lines.filter(({ result }) => result === 'restored').length;
      return malfunctions.undoDone(restored, lines.length - restored);
    },
    touches: ['malfunction', 'malfunctions', 'case'],
    onDone: () => setOpen(false),
    isQuiet: true,
  });
  return (
    <Group>
      <Button
        size="compact-xs"
        variant="default"
        leftSection={<IconArrowBackUp size={14} aria-hidden />}
        onClick={() => setOpen(true)}
        aria-label={`${malfunctions.undo}: ${titleOf(flow, malfunctions)}`}
      >
        {malfunctions.undo}
      </Button>
      {isOpen && (
        <Confirm
          title={malfunctions.undoTitle}
          text={malfunctions.undoText}
          deed={malfunctions.undo}
          isBusy={deed.isPending}
          error={deed.error}
          onConfirm={() => deed.mutate(undefined)}
          onClose={() => setOpen(false)}
        />
      )}
    </Group>
  );
}
