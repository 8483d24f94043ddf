import { Alert, Button, Group, Text } from '@mantine/core';
import type { Clash, Named } from '../../api/desk.ts';
import { useTexts } from '../../texts/index.ts';

interface ClashesProps {
  readonly clashes: readonly Clash[];
  /** Those whose names are known: colleagues, and the records that the case is about. */
  readonly members: readonly Named[];
  readonly onDecide: (field: string, keeps: 'mine' | 'theirs', theirs: string | null) => void;
}

/** Two have changed the same: both values, and a person who decides. */
export function Clashes({ clashes, members, onDecide }: ClashesProps) {
  const { cases } = useTexts();
  const said = ({ field }: Clash, value: string | null) => {
    if (value === null) return cases.none;
    if (field.endsWith('Id')) return members.find(({ id }) => id === value)?.name ?? value;
    return cases.values[value] ?? value;
  };
  return (
    <Alert color="orange" title={cases.clash.title} role="alert" mt="md" className="warn-note">
      <Text size="sm" mb="xs">
        {cases.clash.hint}
      </Text>
      {clashes.map((clash) => (
        <div key={clash.field} className="clash">
          <Text size="sm" fw={600}>
            {cases.fields[clash.field] ?? clash.field}
          </Text>
          <Text size="sm">
            {cases.clash.theirs(clash.by === '' ? cases.somebody : clash.by)}: <b>{said(clash, clash.theirs)}</b>
          </Text>
          <Text size="sm">
            {cases.clash.mine}: <b>{said(clash, clash.mine)}</b>
          </Text>
          <Group gap="xs" mt={4}>
            <Button size="compact-xs" variant="default" onClick={() => onDecide(clash.field, 'theirs', clash.theirs)}>
              {cases.clash.keepTheirs}
            </Button>
            <Button size="compact-xs" variant="default" onClick={() => onDecide(clash.field, 'mine', clash.theirs)}>
              {cases.clash.keepMine}
            </Button>
          </Group>
        </div>
      ))}
    </Alert>
  );
}
