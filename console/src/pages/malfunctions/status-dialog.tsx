import { Button, Checkbox, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  changeStatus,
  type Folder,
  folderQuery,
  type FolderPage,
  type Preview,
  previewQuery,
} from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface StatusDialogProps {
  readonly folder: Pick<Folder, 'id' | 'status'>;
  readonly to: string;
  readonly onClose: () => void;
}

/** What a status would do to each case, before it does: who goes with it is chosen here. */
export function StatusDialog({ folder, to, onClose }: StatusDialogProps) {
  const tenant = useTenant();
  const { malfunctions, common } = useTexts();
  const preview = useQuery(previewQuery(tenant, folder.id, to));
  const page = useQuery(folderQuery(tenant, folder.id));
  return (
    <Modal
      opened
      onClose={onClose}
      title={malfunctions.statusTitle(malfunctions.states[to] ?? to)}
      size="lg"
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Loaded query={preview}>
        {(lines) => <Choice folder={folder} to={to} lines={lines} page={page.data} onClose={onClose} />}
      </Loaded>
    </Modal>
  );
}

interface ChoiceProps extends StatusDialogProps {
  readonly lines: readonly Preview[];
  readonly page: FolderPage | undefined;
}

function Choice({ folder, to, lines, page, onClose }: ChoiceProps) {
  const tenant = useTenant();
  const { malfunctions, common } = useTexts();
  const changing = lines.filter(({ result }) => result === 'changes');
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [note, setNote] = useState('');
  const [requestId] = useState(() => crypto.randomUUID());
  const chosen = changing.filter(({ caseId }) => !left.has(caseId)).map(({ caseId }) => caseId);
  const deed = useDeed({
    act: () => changeStatus(tenant, { requestId, folderId: folder.id, to, cases: chosen, note: note.trim() }),
    done: (flowed) =>
      malfunctions.statusDone(
        flowed.outcome === 'done' ? flowed.lines.filter(({ result }) => result === 'changed').length : 0,
      ),
    touches: ['malfunction', 'malfunctions', 'case'],
    onDone: onClose,
    isQuiet: true,
  });
  const toggle = (id: string) => setLeft(new Set(left.has(id) ? [...left].filter((one) => one !== id) : [...left, id]));
  return (
    <Stack gap="md">
      {lines.length === 0 ? (
        <Text size="sm">{malfunctions.statusAlone}</Text>
      ) : (
        <>
          <Text size="sm">{malfunctions.statusText}</Text>
          <ul className="folder-lines">
            {lines.map((line) => (
              <PreviewLine
                key={line.caseId}
                line={line}
                name={nameIn(page, line.caseId)}
                isChosen={!left.has(line.caseId)}
                onToggle={() => toggle(line.caseId)}
              />
            ))}
          </ul>
          <Text size="sm" c="dimmed" role="status">
            {malfunctions.chosen(chosen.length, changing.length)}
          </Text>
        </>
      )}
      <Textarea
        label={malfunctions.fieldNote}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
        autosize
        minRows={2}
        maxLength={20_000}
      />
      {deed.isError && <ProblemNote error={deed.error} />}
      <Group justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose}>
          {common.cancel}
        </Button>
        <Button loading={deed.isPending} onClick={() => deed.mutate(undefined)}>
          {malfunctions.statusDeed}
        </Button>
      </Group>
    </Stack>
  );
}

interface PreviewLineProps {
  readonly line: Preview;
  readonly name: string;
  readonly isChosen: boolean;
  readonly onToggle: () => void;
}

function PreviewLine({ line, name, isChosen, onToggle }: PreviewLineProps) {
  const { malfunctions, records } = useTexts();
  const state = (status: string) => records.caseStates[status] ?? status;
  const changes = line.to !== null;
  return (
    <li className="folder-line">
      <Checkbox
        className="grow"
        disabled={!changes}
        checked={changes && isChosen}
        onChange={onToggle}
        label={name}
        description={
          line.to === null
            ? `${state(line.status)}: ${malfunctions.previewKept[line.result] ?? ''}`
            : malfunctions.previewColumns(state(line.status), state(line.to))
        }
      />
    </li>
  );
}

function nameIn(page: FolderPage | undefined, caseId: string): string {
  const member = page?.members.find(({ id }) => id === caseId);
  return member === undefined ? caseId : [member.number, member.title].filter((part) => part !== '').join(' · ');
}
