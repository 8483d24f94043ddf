import { Button, Checkbox, Group, Modal, Stack, Textarea } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { addFolderNote, type FolderPage } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

const endedCases = new Set(['RESOLVED', 'CLOSED', 'CANCELLED']);

/** A note for the folder, and for its open cases where wanted. */
export function NoteDialog({ shown, onClose }: { readonly shown: FolderPage; readonly onClose: () => void }) {
  const tenant = useTenant();
  const { malfunctions, common } = useTexts();
  const [text, setText] = useState('');
  const [isForCases, setForCases] = useState(true);
  const [requestId] = useState(() => crypto.randomUUID());
  const open = shown.members.filter(({ object, status }) => object === 'serviceCase' && !endedCases.has(status));
  const cases = isForCases ? open.map(({ id }) => id) : [];
  const deed = useDeed({
    act: () => addFolderNote(tenant, { requestId, folderId: shown.folder.id, text: text.trim(), cases }),
    done: () => malfunctions.noteDone,
    touches: ['malfunction', 'case'],
    onDone: onClose,
    isQuiet: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    deed.mutate(undefined);
  };
  return (
    <Modal opened onClose={onClose} title={malfunctions.addNote} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Textarea
            label={malfunctions.fieldNote}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            required
            autosize
            minRows={3}
            maxLength={20_000}
            data-autofocus
          />
          {open.length > 0 && (
            <Checkbox
              label={malfunctions.noteToCases}
              description={malfunctions.chosen(cases.length, open.length)}
              checked={isForCases}
              onChange={(event) => setForCases(event.currentTarget.checked)}
            />
          )}
          {deed.isError && <ProblemNote error={deed.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={deed.isPending}>
              {malfunctions.save}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
