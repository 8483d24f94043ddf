import { Group, NativeSelect, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useSpeech } from '../../texts/index.ts';
import { moment } from './words.ts';

const choices = ['now', 'today', 'tomorrow', 'own'] as const;
type Choice = (typeof choices)[number];

const LATER_HOURS = 3;
const MORNING = 8;

/** Later today: in three hours, on the hour. Tomorrow morning: at eight. */
function momentOf(choice: Choice, now: Date): Date | undefined {
  if (choice === 'now') return undefined;
  const at = new Date(now);
  at.setMinutes(0, 0, 0);
  if (choice === 'today') at.setHours(at.getHours() + LATER_HOURS);
  else {
    at.setDate(at.getDate() + 1);
    at.setHours(MORNING);
  }
  return at;
}

interface WhenFieldProps {
  readonly value: string | undefined;
  readonly onChange: (at: string | undefined) => void;
  readonly error: string | undefined;
}

/** When the mail goes. */
export function WhenField({ value, onChange, error }: WhenFieldProps) {
  const { texts, language } = useSpeech();
  const { mail } = texts;
  const [choice, setChoice] = useState<Choice>(value === undefined ? 'now' : 'own');
  const now = new Date();
  const isLate = momentOf('today', now)?.getDate() !== now.getDate();
  const choose = (next: Choice) => {
    setChoice(next);
    onChange(momentOf(next, new Date())?.toISOString());
  };
  return (
    <Group gap="sm" align="flex-start">
      <NativeSelect
        label={mail.when}
        value={choice}
        onChange={(event) => choose(event.currentTarget.value as Choice)}
        data={choices
          .filter((one) => one !== 'today' || !isLate)
          .map((one) => ({ value: one, label: mail.whens[one] }))}
        error={choice === 'own' ? undefined : error}
      />
      {choice === 'own' && (
        <TextInput
          type="datetime-local"
          label={mail.whenOwn}
          value={value === undefined ? '' : local(value)}
          onChange={(event) => {
            const at = new Date(event.currentTarget.value);
            onChange(Number.isNaN(at.getTime()) ? undefined : at.toISOString());
          }}
          error={error}
        />
      )}
      {value !== undefined && choice !== 'own' && (
        <Text size="sm" c="dimmed" mt={30}>
          {mail.goesAt(moment(value, language))}
        </Text>
      )}
    </Group>
  );
}

/** As the input of browsers wants it: local, without a zone. */
function local(iso: string): string {
  const at = new Date(iso);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}
