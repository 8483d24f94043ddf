import { Button, Checkbox, Group, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { type Change, changeMatrix, type Matrix, type Role } from '../../api/roles.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { RoleTable } from './role-table.tsx';

interface MatrixTableProps {
  readonly matrix: Matrix;
  readonly shown: readonly Role[];
  readonly onShow: (role: Role) => void;
}

type Permission = Change['permission'];

/** Roles across, permissions down. Changes are saved together: half of a change of mind is nobody's wish. */
export function MatrixTable({ matrix, shown, onShow }: MatrixTableProps) {
  const { roles: words } = useTexts();
  const tenant = useTenant();
  const [changes, setChanges] = useState<readonly Change[]>([]);
  const save = useDeed({
    act: () => changeMatrix(tenant, matrix.version, changes),
    done: () => words.saved,
    touches: ['permissions', 'permissions-log', 'session'],
    isQuiet: true,
  });
  const toggle = (role: Role, permission: Permission) => {
    save.reset();
    setChanges((before) => toggled(before, role, permission));
  };
  const summaries = new Map<string, string>(matrix.permissions.map(({ name, summary }) => [name, summary]));
  const labelOf = (name: string) => words.permissions[name] ?? summaries.get(name) ?? name;
  return (
    <Section title={words.title} isTitleHidden>
      <RoleTable
        caption={words.title}
        what={words.permission}
        roles={shown}
        headOf={(role) => <RoleName role={role} onShow={onShow} />}
        rows={matrix.permissions.map(({ name }) => ({ id: name, title: labelOf(name) }))}
        cellOf={(name, role) => (
          <Cell role={role} permission={name as Permission} label={labelOf(name)} changes={changes} onToggle={toggle} />
        )}
      />
      {save.isError && <ProblemNote error={save.error} />}
      <Group>
        <Button disabled={changes.length === 0} loading={save.isPending} onClick={() => save.mutate(undefined)}>
          {words.save(changes.length)}
        </Button>
        {changes.length > 0 && (
          <Button variant="default" onClick={() => setChanges([])}>
            {words.discard}
          </Button>
        )}
        <Text size="xs" c="dimmed">
          • {words.changed}
        </Text>
      </Group>
    </Section>
  );
}

function RoleName({ role, onShow }: { readonly role: Role; readonly onShow: (role: Role) => void }) {
  const { roles: words } = useTexts();
  return (
    <>
      <UnstyledButton onClick={() => onShow(role)} className="role-name">
        {role.label}
      </UnstyledButton>
      <Text size="xs" c="dimmed" fw={400}>
        {words.members(role.members)}
      </Text>
    </>
  );
}

function toggled(before: readonly Change[], { id, permissions }: Role, permission: Permission): readonly Change[] {
  const others = before.filter((one) => one.roleId !== id || one.permission !== permission);
  // Twice is not at all.
  return others.length < before.length
    ? others
    : [...others, { roleId: id, permission, granted: !permissions.includes(permission) }];
}

interface CellProps {
  readonly role: Role;
  readonly permission: Permission;
  readonly label: string;
  readonly changes: readonly Change[];
  readonly onToggle: (role: Role, permission: Permission) => void;
}

function Cell({ role, permission, label, changes, onToggle }: CellProps) {
  const { roles: words } = useTexts();
  const change = changes.find((one) => one.roleId === role.id && one.permission === permission);
  const isGranted = change?.granted ?? role.permissions.includes(permission);
  const differs = isGranted !== role.defaults.includes(permission);
  return (
    <Group gap={4} justify="center" wrap="nowrap">
      <Checkbox
        checked={isGranted}
        disabled={role.isFixed}
        onChange={() => onToggle(role, permission)}
        aria-label={`${role.label}: ${label}${differs ? ` (${words.changed})` : ''}`}
        {...(change === undefined ? {} : { color: 'orange' })}
      />
      <span aria-hidden className="differs">
        {differs ? '•' : ''}
      </span>
    </Group>
  );
}
