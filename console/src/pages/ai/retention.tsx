import { Anchor, Group, NumberInput, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { SaveBar } from './save-bar.tsx';
import { numberOf, type Settings, textOf, useSave } from './settings.ts';

type Days = { readonly textDays: number | string; readonly derivedDays: number | string };

const USUAL_SOUND_DAYS = 90;
const LONGEST_DAYS = 36_500;

interface RetentionProps {
  readonly settings: Settings;
  /** Keeps the sound. */
  readonly telephone: Plugin | undefined;
}

/** How long sound, text and what was worked out of both are kept. */
export function Retention({ settings, telephone }: RetentionProps) {
  const { retention } = useTexts().preparations;
  const stored = { textDays: numberOf(settings['textDays'], 0), derivedDays: numberOf(settings['derivedDays'], 0) };
  const [edited, setEdited] = useState<Days>();
  const save = useSave(() => setEdited(undefined));
  const now = edited ?? stored;
  const edit = (change: Partial<Days>) => {
    save.reset();
    const next = { ...now, ...change };
    setEdited(JSON.stringify(next) === JSON.stringify(stored) ? undefined : next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ textDays: Number(now.textDays), derivedDays: Number(now.derivedDays) });
  };
  const field = (name: keyof Days) => ({
    value: now[name],
    onChange: (value: number | string) => edit({ [name]: value }),
    min: 0,
    max: LONGEST_DAYS,
    allowDecimal: false,
    hideControls: true,
    classNames: { wrapper: 'figure' },
  });
  return (
    <Section title={retention.title} hint={retention.hint}>
      <Sound telephone={telephone} />
      <form onSubmit={submit}>
        <Stack gap="md">
          <Group align="flex-start" gap="xl">
            <NumberInput label={retention.text} description={retention.textHint} {...field('textDays')} />
            <NumberInput label={retention.derived} description={retention.derivedHint} {...field('derivedDays')} />
          </Group>
          <SaveBar isChanged={edited !== undefined} isBusy={save.isPending} error={save.error} />
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        {retention.ofPerson}
      </Text>
    </Section>
  );
}

/** Of which the telephone system's own settings decide. */
function Sound({ telephone }: Pick<RetentionProps, 'telephone'>) {
  const { retention } = useTexts().preparations;
  const tenant = useTenant();
  const isOn = telephone !== undefined && telephone.state !== 'disabled';
  return (
    <div>
      <Text size="sm" fw={600}>
        {retention.sound}
      </Text>
      <Text size="sm">
        {isOn
          ? retention.soundKept[textOf(telephone.config['recordings'], 'copy')]?.(
              numberOf(telephone.config['recordingDays'], USUAL_SOUND_DAYS),
            )
          : retention.noTelephone}{' '}
        {telephone !== undefined && (
          <Anchor
            size="sm"
            underline="always"
            renderRoot={(props) => (
              <Link {...props} to="/$tenant/plugins/$plugin" params={{ tenant, plugin: telephone.id }} />
            )}
          >
            {retention.soundChange}
          </Anchor>
        )}
      </Text>
    </div>
  );
}
