import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Role } from '../../api/roles.ts';

interface RoleTableProps {
  readonly caption: string;
  /** Over the first column. */
  readonly what: string;
  readonly roles: readonly Role[];
  readonly headOf: (role: Role) => ReactNode;
  readonly rows: readonly { readonly id: string; readonly title: string }[];
  readonly cellOf: (row: string, role: Role) => ReactNode;
}

const FIRST_WIDTH = 230;
const ROLE_WIDTH = 110;

/** Roles across; what they may or may not, down. */
export function RoleTable({ caption, what, roles, headOf, rows, cellOf }: RoleTableProps) {
  const isWide = roles.length > 1;
  return (
    <Table.ScrollContainer minWidth={isWide ? FIRST_WIDTH + roles.length * ROLE_WIDTH : 0}>
      <Table className={isWide ? 'matrix matrix-wide' : 'matrix'} highlightOnHover>
        <caption className="visually-hidden">{caption}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{what}</Table.Th>
            {roles.map((role) => (
              <Table.Th key={role.id} scope="col" className="role">
                {headOf(role)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ id, title }) => (
            <Table.Tr key={id}>
              <Table.Th scope="row">{title}</Table.Th>
              {roles.map((role) => (
                <Table.Td key={role.id} className="role">
                  {cellOf(id, role)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
