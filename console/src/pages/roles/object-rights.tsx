import { Anchor, Group, Text } from '@mantine/core';
import { type Icon, IconExternalLink, IconEye, IconPencil, IconTrash, IconTrashX } from '@tabler/icons-react';
import type { Matrix, Role } from '../../api/roles.ts';
import { humanize } from '../../kit/schema-form/schema.ts';
import { Section } from '../../kit/section.tsx';
import { useSpeech } from '../../texts/index.ts';
import { RoleTable } from './role-table.tsx';

interface ObjectRightsProps {
  readonly matrix: Matrix;
  readonly shown: readonly Role[];
}

/** Always in this order and place, so that a column is read at a glance. */
const rights = [
  ['see', IconEye],
  ['update', IconPencil],
  ['delete', IconTrash],
  ['destroy', IconTrashX],
] as const satisfies readonly (readonly [string, Icon])[];

type Right = (typeof rights)[number][0];

/** What each role may do with records in Twenty: decided there, shown here beside what is decided here. */
export function ObjectRights({ matrix: { roles, twentyUrl }, shown }: ObjectRightsProps) {
  const { texts, language } = useSpeech();
  const { roles: words } = texts;
  const rows = objectsOf(roles)
    .map((id) => ({ id, title: humanize(id) }))
    .toSorted((one, other) => one.title.localeCompare(other.title, language));
  return (
    <Section
      title={words.inTwenty}
      hint={words.inTwentyHint}
      actions={
        twentyUrl !== undefined && (
          <Anchor size="sm" href={twentyUrl} target="_blank" rel="noreferrer">
            {words.openInTwenty} <IconExternalLink size={14} aria-hidden />
          </Anchor>
        )
      }
    >
      <Group gap="md" aria-hidden>
        {rights.map(([right, Sign]) => (
          <Group key={right} gap={5} wrap="nowrap">
            <Sign size={16} />
            <Text size="xs">{words.rights[right]}</Text>
          </Group>
        ))}
      </Group>
      <RoleTable
        caption={words.inTwenty}
        what={words.object}
        roles={shown}
        headOf={({ label }) => label}
        rows={rows}
        cellOf={(object, role) => <Rights object={object} role={role} />}
      />
    </Section>
  );
}

/** Those of which roles can be given or denied something; before they were read from Twenty, those that can be read. */
function objectsOf(roles: readonly Role[]): string[] {
  const decided = roles.flatMap(({ changes }) => Object.keys(changes));
  return [...new Set(decided.length > 0 ? decided : roles.flatMap(({ objects }) => Object.keys(objects)))];
}

function Rights({ object, role }: { readonly object: string; readonly role: Role }) {
  const { roles: words } = useSpeech().texts;
  const readable = role.objects[object];
  const held: readonly Right[] = rights
    .map(([right]) => right)
    .filter((right) => (right === 'see' ? readable !== undefined : role.changes[object]?.includes(right) === true));
  return (
    <>
      <span className="visually-hidden">
        {held.length === 0 ? words.mayNothing : held.map((right) => words.rights[right]).join(', ')}
      </span>
      <Group gap={6} justify="center" wrap="nowrap" aria-hidden>
        {rights.map(([right, Sign]) => (
          <Sign key={right} size={16} className={held.includes(right) ? 'right' : 'right right-missing'} />
        ))}
      </Group>
      {readable !== undefined && readable !== 'all' && (
        <Text size="xs" c="dimmed" title={readable.join(', ')}>
          {words.someFields(readable.length)}
        </Text>
      )}
    </>
  );
}
