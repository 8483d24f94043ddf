import { Anchor, Table, Text } from '@mantine/core';
import { IconCheck, IconExternalLink, IconMinus } from '@tabler/icons-react';
import type { Matrix, Role } from '../../api/roles.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

/** What each role may read in Twenty: decided there, shown here beside what is decided here. */
export function ObjectRights({ matrix }: { readonly matrix: Matrix }) {
  const { roles: words } = useTexts();
  const objects = [...new Set(matrix.roles.flatMap((role) => Object.keys(role.objects)))].toSorted((one, other) =>
    one.localeCompare(other),
  );
  return (
    <Section
      title={words.inTwenty}
      hint={words.inTwentyHint}
      actions={
        matrix.twentyUrl !== undefined && (
          <Anchor size="sm" href={matrix.twentyUrl} target="_blank" rel="noreferrer">
            {words.openInTwenty} <IconExternalLink size={14} aria-hidden />
          </Anchor>
        )
      }
    >
      <Table.ScrollContainer minWidth={320 + matrix.roles.length * 120}>
        <Table className="matrix" highlightOnHover>
          <caption className="visually-hidden">{words.inTwenty}</caption>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{words.object}</Table.Th>
              {matrix.roles.map(({ id, label }) => (
                <Table.Th key={id} scope="col" className="role">
                  {label}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {objects.map((object) => (
              <Table.Tr key={object}>
                <Table.Th scope="row">
                  <Text size="sm">{object}</Text>
                </Table.Th>
                {matrix.roles.map((role) => (
                  <Table.Td key={role.id} className="role">
                    <Right right={role.objects[object]} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Right({ right }: { readonly right: Role['objects'][string] | undefined }) {
  const { roles: words } = useTexts();
  if (right === undefined) {
    return (
      <>
        <IconMinus size={16} color="var(--tone-gray)" aria-hidden />
        <span className="visually-hidden">{words.mayNotRead}</span>
      </>
    );
  }
  if (right === 'all') {
    return (
      <>
        <IconCheck size={16} color="var(--tone-green)" aria-hidden />
        <span className="visually-hidden">{words.mayRead}</span>
      </>
    );
  }
  return (
    <Text size="xs" title={right.join(', ')}>
      {words.someFields(right.length)}
    </Text>
  );
}
