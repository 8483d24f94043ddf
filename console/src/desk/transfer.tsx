import { Button, Group, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, useState } from 'react';
import { transferCall } from '../api/desk.ts';
import { useTenant } from '../api/session.ts';
import { useDeed } from '../kit/use-deed.ts';
import { useTexts } from '../texts/index.ts';

export function Transfer({ callId, onClose }: { readonly callId: string; readonly onClose: () => void }) {
  const { desk } = useTexts();
  const tenant = useTenant();
  const [to, setTo] = useState('');
  const deed = useDeed({
    act: async (number: string) => await transferCall(tenant, callId, number),
    done: () => desk.asked,
    touches: [],
    onDone: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (to.trim() !== '') deed.mutate(to.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    onClose();
  };
  return (
    <form onSubmit={submit} onKeyDown={onKeyDown}>
      <Group gap="xs" align="flex-end" wrap="nowrap">
        <TextInput
          label={desk.transferTo}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          inputMode="tel"
          autoFocus
          maxLength={60}
          style={{ flex: 1 }}
        />
        <Button type="submit" loading={deed.isPending}>
          {desk.transfer}
        </Button>
      </Group>
    </form>
  );
}
