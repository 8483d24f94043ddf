import { Alert, Button, Group, Menu, Text } from '@mantine/core';
import { IconChevronDown, IconFolderOff, IconNote, IconPencil, IconSpeakerphone } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/client.ts';
import { type Folder, type FolderPage as Shown, folderQuery } from '../../api/malfunctions.ts';
import { useMay, useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { Journal } from '../cases/journal.tsx';
import { useJournalNews } from '../cases/use-journal-news.ts';
import { GroupMailLink } from '../mail/group-mail-link.tsx';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { EditFolderForm } from './new-folder.tsx';
import { NoteDialog } from './note-dialog.tsx';
import { folderStates, FolderStatus, Severity } from './status-badge.tsx';
import { StatusDialog } from './status-dialog.tsx';
import { Suggestions } from './suggestions.tsx';
import { useFolderNews } from './use-folder-news.ts';
import './folders.css';

/** One folder: what is in it, what may belong to it, and what flowed from it. */
export function MalfunctionPage() {
  const tenant = useTenant();
  const id = useParams({ from: '/$tenant/malfunctions/$id', select: (params) => params.id });
  const query = useQuery({ ...folderQuery(tenant, id), retry: (tries, error) => tries < 3 && !isGone(error) });
  const { malfunctions } = useTexts();
  useFolderNews(id);
  useJournalNews('malfunction', id);
  if (isGone(query.error)) {
    const { message, remedy } = query.error;
    return <Empty icon={IconFolderOff} title={message} hint={remedy ?? malfunctions.noneHint} isPage />;
  }
  return <Loaded query={query}>{(shown) => <Content key={id} shown={shown} />}</Loaded>;
}

const isGone = (error: unknown): error is Problem => error instanceof Problem && error.status === 404;

function Content({ shown }: { readonly shown: Shown }) {
  const { folder } = shown;
  const may = useMay();
  const name = [folder.number, folder.title].filter((part) => part !== '').join(' ');
  return (
    <Page title={name} actions={may('malfunctions.manage') && <Actions shown={shown} />}>
      <Facts folder={folder} />
      <Members shown={shown} />
      <Suggestions folderId={folder.id} />
      <History shown={shown} />
      <Journal of={{ object: 'malfunction', id: folder.id }} />
    </Page>
  );
}

function Facts({ folder }: { readonly folder: Folder }) {
  const { malfunctions } = useTexts();
  const { isMajor, announcement, location, company, openedAt, expectedResolutionAt, kind } = folder;
  return (
    <>
      <Group gap="sm">
        <FolderStatus status={folder.status} />
        <Severity severity={folder.severity} />
        <Text size="sm">
          {[malfunctions.kinds[kind] ?? '', location?.name ?? '', company?.name ?? '']
            .filter((part) => part !== '')
            .join(' · ')}
        </Text>
        {openedAt !== null && (
          <Text size="sm" c="dimmed">
            {malfunctions.columns.opened} <Moment at={openedAt} />
          </Text>
        )}
        {expectedResolutionAt !== null && (
          <Text size="sm" c="dimmed">
            {malfunctions.expected} <Moment at={expectedResolutionAt} />
          </Text>
        )}
      </Group>
      {isMajor && (
        <Alert color="blue" icon={<IconSpeakerphone aria-hidden />} title={malfunctions.major}>
          {announcement}
        </Alert>
      )}
    </>
  );
}

function Actions({ shown }: { readonly shown: Shown }) {
  const { malfunctions } = useTexts();
  const { folder } = shown;
  const [open, setOpen] = useState<'edit' | 'note' | { readonly to: string }>();
  const close = () => setOpen(undefined);
  return (
    <>
      <GroupMailLink folderId={folder.id} />
      <ActionButton icon={IconNote} isBusy={false} onAct={() => setOpen('note')}>
        {malfunctions.addNote}
      </ActionButton>
      <ActionButton icon={IconPencil} isBusy={false} onAct={() => setOpen('edit')}>
        {malfunctions.edit}
      </ActionButton>
      <Menu position="bottom-end">
        <Menu.Target>
          <Button size="xs" rightSection={<IconChevronDown size={15} aria-hidden />}>
            {malfunctions.changeStatus}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {folderStates.map((state) => (
            <Menu.Item
              key={state}
              onClick={() => setOpen({ to: state })}
              disabled={state === folder.status && shown.members.length === 0}
            >
              {malfunctions.states[state]}
            </Menu.Item>
          ))}
        </Menu.Dropdown>
      </Menu>
      {open === 'edit' && <EditFolderForm folder={folder} onClose={close} />}
      {open === 'note' && <NoteDialog shown={shown} onClose={close} />}
      {typeof open === 'object' && <StatusDialog folder={folder} to={open.to} onClose={close} />}
    </>
  );
}
