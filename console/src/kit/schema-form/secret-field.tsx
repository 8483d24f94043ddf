import { Button, Group, PasswordInput, Text } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import { type FieldProps, frame } from './frame.ts';

/** Written, never read: what is stored is not sent to any browser. */
export function SecretField(props: FieldProps) {
  const { name, isRequired } = props.setting;
  const { plugins } = useTexts();
  const isSet = props.state.secrets.includes(name);
  const edited = props.state.edited[name];
  const isRemoved = edited === null;
  return (
    <div>
      <PasswordInput
        {...frame(props)}
        value={typeof edited === 'string' ? edited : ''}
        onChange={({ currentTarget: { value } }) => props.onEdit(name, value === '' ? undefined : value)}
        placeholder={isRemoved ? plugins.secretRemoved : isSet ? plugins.secretSet : plugins.secretUnset}
        autoComplete="new-password"
        spellCheck={false}
        disabled={isRemoved}
      />
      {isSet && !isRequired && (
        <Group gap="xs" mt={4}>
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => props.onEdit(name, isRemoved ? undefined : null)}
          >
            {isRemoved ? plugins.secretKept : plugins.secretClear}
          </Button>
          {isRemoved && <Text size="xs">{plugins.secretRemoved}</Text>}
        </Group>
      )}
    </div>
  );
}
