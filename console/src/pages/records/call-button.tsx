import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconPhone } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { callNumber } from '../../api/day.ts';
import type { PhoneNumber } from '../../api/find.ts';
import { useTenant } from '../../api/session.ts';
import { inWords } from '../../kit/in-words.ts';
import { useTexts } from '../../texts/index.ts';

/** Calls with one click from the own telephone. */
export function useCalling() {
  const texts = useTexts();
  const tenant = useTenant();
  return useMutation({
    mutationFn: (number: PhoneNumber) => callNumber(tenant, number),
    onSuccess: (_answer, { text }) => notifications.show({ message: texts.day.calling(text), color: 'green' }),
    onError: (error) => {
      const { title, remedy } = inWords(error, texts);
      notifications.show({ title, message: remedy ?? '', color: 'red' });
    },
  });
}

interface CallButtonProps {
  readonly number: PhoneNumber;
  readonly label: string;
  readonly variant?: 'filled' | 'light';
}

export function CallButton({ number, label, variant = 'light' }: CallButtonProps) {
  const { day } = useTexts();
  const calling = useCalling();
  return (
    <Button
      size="xs"
      variant={variant}
      leftSection={<IconPhone size={14} aria-hidden />}
      loading={calling.isPending}
      onClick={() => calling.mutate(number)}
      aria-label={`${label}: ${day.callTo(number.text)}`}
    >
      {label}
    </Button>
  );
}
