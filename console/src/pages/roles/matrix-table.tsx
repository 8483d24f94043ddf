import { Button, Checkbox, Group, Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import { type Change, changeMatrix, type Matrix, type Role } from '../../api/roles.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

interface MatrixTableProps {
  readonly matrix: Matrix;
  readonly onShow: (role: Role) => void;
}

type Permission = Change['permission'];

/** Roles across, permissions down. Changes are saved together: half of a change of mind is nobody's wish. */
export function MatrixTable({ matrix, onShow }: MatrixTableProps) {
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
  return (
    <Section title={words.title} isTitleHidden>
      <Table.ScrollContainer minWidth={320 + matrix.roles.length * 120}>
        <Table className="matrix" highlightOnHover>
          <caption className="visually-hidden">{words.title}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.permission}</Table.Th>
              {matrix.roles.map((role) => (
                <Table.Th key={role.id} scope="col" className="role">
                  <UnstyledButton onClick={() => onShow(role)} className="role-name">
                    {role.label}
                  </UnstyledButton>
                  <Text size="xs" c="dimmed" fw={400}>
                    {words.members(role.members)}
                  </Text>
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {matrix.permissions.map(({ name, summary }) => (
              <Table.Tr key={name}>
                <Table.Th scope="row">
                  <Text size="sm">{words.permissions[name] ?? summary}</Text>
                </Table.Th>
                {matrix.roles.map((role) => (
                  <Table.Td key={role.id} className="role">
                    <Cell
                      role={role}
                      permission={name}
                      label={words.permissions[name] ?? summary}
                      changes={changes}
                      onToggle={toggle}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
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
