import { Kbd, Modal, Stack, Switch, Table, Text } from '@mantine/core';
import { useTexts } from '../texts/index.ts';

interface KeysOverviewProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly hasKeys: boolean;
  readonly onKeys: (isOn: boolean) => void;
}

const keys = [
  ['A', 'accept'],
  ['1 … 9', 'attach'],
  ['Ctrl + Enter', 'save'],
  ['Esc', 'close'],
  ['N', 'person'],
  ['H', 'hangUp'],
  ['T', 'transfer'],
  ['X', 'next'],
  ['M', 'belongs'],
  ['⇧ M', 'belongsNot'],
  ['?', 'help'],
] as const;

export function KeysOverview({ isOpen, onClose, hasKeys, onKeys }: KeysOverviewProps) {
  const { desk, common } = useTexts();
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={desk.keys.title}
      centered
      zIndex={600}
      closeButtonProps={{ 'aria-label': common.close }}
    >
      <Stack gap="md">
        <Text size="sm" c="dimmed">
          {desk.keys.hint}
        </Text>
        <Table>
          <Table.Tbody>
            {keys.map(([key, name]) => (
              <Table.Tr key={key}>
                <Table.Td w={130}>
                  <Kbd>{key}</Kbd>
                </Table.Td>
                <Table.Td>{desk.keys.list[name]}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        <Switch label={desk.keys.single} checked={hasKeys} onChange={(event) => onKeys(event.currentTarget.checked)} />
      </Stack>
    </Modal>
  );
}
