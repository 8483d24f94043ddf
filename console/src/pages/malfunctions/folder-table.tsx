import { Anchor, Group, Text } from '@mantine/core';
import { IconSpeakerphone } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { Folder } from '../../api/malfunctions.ts';
import { useTenant } from '../../api/session.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { useTexts } from '../../texts/index.ts';
import { FolderStatus, Severity } from './status-badge.tsx';

export function FolderTable({ folders }: { readonly folders: readonly Folder[] }) {
  const { malfunctions } = useTexts();
  const { columns } = malfunctions;
  return (
    <DataTable
      caption={malfunctions.title}
      rows={folders}
      idOf={({ id }) => id}
      columns={[
        { id: 'name', title: columns.name, isWide: true, cell: (folder) => <FolderName folder={folder} /> },
        { id: 'status', title: columns.status, cell: ({ status }) => <FolderStatus status={status} /> },
        { id: 'severity', title: columns.severity, cell: ({ severity }) => <Severity severity={severity} /> },
        { id: 'where', title: columns.where, cell: ({ location, company }) => (location ?? company)?.name ?? '' },
        {
          id: 'members',
          title: columns.members,
          cell: ({ caseCount, callCount }) => (
            <span className="one-line">{malfunctions.counts(caseCount, callCount)}</span>
          ),
        },
        { id: 'opened', title: columns.opened, cell: ({ openedAt }) => openedAt !== null && <Moment at={openedAt} /> },
      ]}
    />
  );
}

export function FolderName({ folder: { id, number, title, isMajor } }: { readonly folder: Folder }) {
  const tenant = useTenant();
  const { malfunctions } = useTexts();
  return (
    <Group gap={6} wrap="nowrap" align="flex-start">
      <div className="break">
        <Link to="/$tenant/malfunctions/$id" params={{ tenant, id }}>
          <Anchor component="span" fw={600} size="sm">
            {title === '' ? number : title}
          </Anchor>
        </Link>
        <Text size="xs" c="dimmed">
          {number}
        </Text>
      </div>
      {isMajor && <IconSpeakerphone size={16} role="img" aria-label={malfunctions.major} />}
    </Group>
  );
}
