import { Button, Checkbox, Group, Modal, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { Named } from '../../api/desk.ts';
import { editFolder, type Folder, type MemberName, openFolder } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { PickRecord } from '../../desk/pick-record.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface Values {
  readonly title: string;
  readonly severity: string;
  readonly kind: string | null;
  readonly isMajor: boolean;
  readonly announcement: string;
  readonly locationId?: string;
}

interface NewFolderProps {
  /** What it begins with; then the page stays where it is. */
  readonly members?: readonly MemberName[];
  readonly onClose: () => void;
}

/** Opens a folder by hand. */
export function NewFolderForm({ members = [], onClose }: NewFolderProps) {
  const tenant = useTenant();
  const navigate = useNavigate();
  const { malfunctions } = useTexts();
  const [requestId] = useState(() => crypto.randomUUID());
  const deed = useDeed({
    act: (fields: Values) => openFolder(tenant, { requestId, note: '', members, fields: { ...fields } }),
    done: ({ number }) => malfunctions.created(number),
    touches: ['malfunctions', 'suggestions', 'case'],
    onDone: ({ folderId }) => {
      if (members.length > 0) onClose();
      else void navigate({ to: '/$tenant/malfunctions/$id', params: { tenant, id: folderId } });
    },
    isQuiet: true,
  });
  const first = { title: '', severity: 'MODERATE', kind: null, isMajor: false, announcement: '' };
  return (
    <FolderForm
      title={malfunctions.create}
      button={malfunctions.createDeed}
      first={first}
      hasPlace
      isBusy={deed.isPending}
      error={deed.error}
      onSave={deed.mutate}
      onClose={onClose}
    />
  );
}

/** Changes what is said about a folder. */
export function EditFolderForm({ folder, onClose }: { readonly folder: Folder; readonly onClose: () => void }) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  const deed = useDeed({
    act: (fields: Values) => editFolder(tenant, folder.id, { ...fields }),
    done: () => malfunctions.saved,
    touches: ['malfunction', 'malfunctions'],
    onDone: onClose,
    isQuiet: true,
  });
  const { title, severity, kind, isMajor, announcement } = folder;
  return (
    <FolderForm
      title={malfunctions.edit}
      button={malfunctions.save}
      first={{ title, severity: severity || 'MODERATE', kind: kind || null, isMajor, announcement }}
      isBusy={deed.isPending}
      error={deed.error}
      onSave={deed.mutate}
      onClose={onClose}
    />
  );
}

interface FolderFormProps {
  readonly title: string;
  readonly button: string;
  readonly first: Values;
  /** Asks where it is; later that is changed in Twenty. */
  readonly hasPlace?: boolean;
  readonly isBusy: boolean;
  readonly error: unknown;
  readonly onSave: (values: Values) => void;
  readonly onClose: () => void;
}

function FolderForm({ title, button, first, hasPlace = false, isBusy, error, onSave, onClose }: FolderFormProps) {
  const { malfunctions, common } = useTexts();
  const [values, setValues] = useState(first);
  const [place, setPlace] = useState<Named | null>(null);
  const change = (part: Partial<Values>) => setValues({ ...values, ...part });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave({
      ...values,
      title: values.title.trim(),
      announcement: values.announcement.trim(),
      ...(place === null ? {} : { locationId: place.id }),
    });
  };
  const options = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([value, label]) => ({ value, label }));
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': common.close }}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label={malfunctions.fieldTitle}
            value={values.title}
            onChange={(event) => change({ title: event.currentTarget.value })}
            required
            maxLength={250}
            data-autofocus
          />
          <Group grow align="flex-start">
            <Select
              label={malfunctions.columns.severity}
              data={options(malfunctions.severities)}
              value={values.severity}
              onChange={(severity) => change({ severity: severity ?? 'MODERATE' })}
              allowDeselect={false}
            />
            <Select
              label={malfunctions.kind}
              data={options(malfunctions.kinds)}
              value={values.kind}
              onChange={(kind) => change({ kind })}
              clearable
            />
          </Group>
          {hasPlace && (
            <PickRecord object="location" label={malfunctions.columns.where} value={place} onPick={setPlace} />
          )}
          <Checkbox
            label={malfunctions.fieldMajor}
            checked={values.isMajor}
            onChange={(event) => change({ isMajor: event.currentTarget.checked })}
          />
          {values.isMajor && (
            <Textarea
              label={malfunctions.fieldAnnouncement}
              value={values.announcement}
              onChange={(event) => change({ announcement: event.currentTarget.value })}
              autosize
              minRows={2}
              maxLength={2000}
            />
          )}
          {error !== null && error !== undefined && <ProblemNote error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" loading={isBusy}>
              {button}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
