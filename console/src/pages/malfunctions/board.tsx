import { ActionIcon, Group, Menu, Text } from '@mantine/core';
import { IconDotsVertical } from '@tabler/icons-react';
import { type ComponentProps, type DragEvent, useState } from 'react';
import type { Folder } from '../../api/malfunctions.ts';
import { useMay } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';
import { FolderName } from './folder-table.tsx';
import { folderStates, Severity } from './status-badge.tsx';
import { StatusDialog } from './status-dialog.tsx';

type Moving = { readonly folder: Folder; readonly to: string };

/** One column per status. A card is moved by the mouse or by its menu; either way the cases are asked about first. */
export function FolderBoard({ folders }: { readonly folders: readonly Folder[] }) {
  const { malfunctions } = useTexts();
  const may = useMay();
  const [moving, setMoving] = useState<Moving>();
  const [over, setOver] = useState<string>();
  const canMove = may('malfunctions.manage');
  // A workspace may give the field more choices, and a role may not see it.
  const others = folders.filter(({ status }) => !folderStates.some((state) => state === status));
  const drop = (event: DragEvent, to: string) => {
    event.preventDefault();
    setOver(undefined);
    const folder = folders.find(({ id }) => id === event.dataTransfer.getData('text/plain'));
    if (folder !== undefined && folder.status !== to) setMoving({ folder, to });
  };
  return (
    // It scrolls to the side: the keyboard has to reach it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="folder-board" role="group" aria-label={malfunctions.board} tabIndex={0}>
      {folderStates.map((state) => (
        <Column
          key={state}
          name={malfunctions.states[state] ?? state}
          folders={folders.filter(({ status }) => status === state)}
          canMove={canMove}
          onMove={(folder, to) => setMoving({ folder, to })}
          {...(over === state ? { 'data-over': true } : {})}
          onDragOver={(event) => {
            event.preventDefault();
            setOver(state);
          }}
          onDragLeave={() => setOver(undefined)}
          onDrop={(event) => drop(event, state)}
        />
      ))}
      {others.length > 0 && (
        <Column
          name={malfunctions.otherState}
          folders={others}
          canMove={canMove}
          onMove={(folder, to) => setMoving({ folder, to })}
        />
      )}
      {moving !== undefined && (
        <StatusDialog folder={moving.folder} to={moving.to} onClose={() => setMoving(undefined)} />
      )}
    </div>
  );
}

interface ColumnProps extends ComponentProps<'section'> {
  readonly name: string;
  readonly folders: readonly Folder[];
  readonly canMove: boolean;
  readonly onMove: (folder: Folder, to: string) => void;
}

function Column({ name, folders, canMove, onMove, ...target }: ColumnProps) {
  return (
    <section className="folder-column" aria-label={name} {...target}>
      <Group justify="space-between">
        <Text size="sm" fw={600}>
          {name}
        </Text>
        <Text size="sm" c="dimmed">
          {folders.length}
        </Text>
      </Group>
      {folders.map((folder) => (
        <Card key={folder.id} folder={folder} canMove={canMove} onMove={(to) => onMove(folder, to)} />
      ))}
    </section>
  );
}

interface CardProps {
  readonly folder: Folder;
  readonly canMove: boolean;
  readonly onMove: (to: string) => void;
}

function Card({ folder, canMove, onMove }: CardProps) {
  const { malfunctions } = useTexts();
  const { id, number, location, company, caseCount, callCount, severity } = folder;
  return (
    <article
      className="folder-card"
      draggable={canMove}
      onDragStart={(event) => event.dataTransfer.setData('text/plain', id)}
    >
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <FolderName folder={folder} />
        {canMove && <StatusMenu name={number} current={folder.status} onChoose={onMove} />}
      </Group>
      <Text size="xs" mt={4}>
        {(location ?? company)?.name}
      </Text>
      <Group justify="space-between" mt={6} gap={6}>
        <Text size="xs" c="dimmed">
          {malfunctions.counts(caseCount, callCount)}
        </Text>
        <Severity severity={severity} />
      </Group>
    </article>
  );
}

interface StatusMenuProps {
  readonly name: string;
  readonly current: string;
  readonly onChoose: (to: string) => void;
}

function StatusMenu({ name, current, onChoose }: StatusMenuProps) {
  const { malfunctions } = useTexts();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="sm" aria-label={malfunctions.moveCard(name)}>
          <IconDotsVertical size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {folderStates
          .filter((state) => state !== current)
          .map((state) => (
            <Menu.Item key={state} onClick={() => onChoose(state)}>
              {malfunctions.states[state]}
            </Menu.Item>
          ))}
      </Menu.Dropdown>
    </Menu>
  );
}
