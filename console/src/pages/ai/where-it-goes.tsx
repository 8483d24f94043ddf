import { Group, Paper, Stack, Text } from '@mantine/core';
import type { Plugin } from '../../api/types.ts';
import { CopyIcon } from '../../kit/copy-icon.tsx';
import { Section } from '../../kit/section.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { type Texts, useSpeech, useTexts } from '../../texts/index.ts';
import { needsOf, ruleSaid } from './rules.ts';
import { enginesOf, numberOf, type Settings, textOf } from './settings.ts';

interface WhereItGoesProps {
  readonly settings: Settings;
  readonly telephone: Plugin | undefined;
}

/** Of each engine in use who hears what, and the sentences for the privacy register, by the settings as they are stored. */
export function WhereItGoes({ settings, telephone }: WhereItGoesProps) {
  const { preparations } = useTexts();
  const engines = enginesOf(settings);
  const assistant = assistantOf(settings, preparations);
  return (
    <Section title={preparations.where} hint={preparations.whereHint}>
      <Stack component="ol" gap="sm" className="plain-list">
        {engines.map((engine) => (
          <li key={engine}>
            <Group gap="xs">
              <Text size="sm" fw={600}>
                {preparations.engines[engine] ?? engine}
              </Text>
              <StateBadge tone={leaves(engine) ? 'warning' : 'ok'}>
                {leaves(engine) ? preparations.leaves : preparations.stays}
              </StateBadge>
            </Group>
            <Text size="sm">{preparations.goesTo[engine]?.(textOf(settings['compatibleUrl'], ''))}</Text>
          </li>
        ))}
      </Stack>
      {telephone !== undefined && telephone.state !== 'disabled' && (
        <Text size="sm">{preparations.byTelephone[textOf(telephone.config['transcripts'], '3cx')]}</Text>
      )}
      {assistant !== undefined && <Text size="sm">{assistant}</Text>}
      <Register settings={settings} />
    </Section>
  );
}

/** Where texts go, where a language model reads them. */
function assistantOf(settings: Settings, { goesTo }: Texts['preparations']): string | undefined {
  return settings['assist'] === true ? goesTo['assistant']?.(textOf(settings['assistUrl'], '')) : undefined;
}

const leaves = (engine: string): boolean => engine.startsWith('openai');

/** What happens to calls in the words of a register of processing activities, to take along. */
function Register({ settings }: { readonly settings: Settings }) {
  const { texts, language } = useSpeech();
  const { preparations } = texts;
  const { register } = preparations;
  const words = [
    register.begin,
    ...enginesOf(settings).map((engine) => preparations.goesTo[engine]?.(textOf(settings['compatibleUrl'], '')) ?? ''),
    assistantOf(settings, preparations) ?? '',
    register.consent[textOf(settings['consent'], 'recorded')] ?? '',
    register.directions[textOf(settings['directions'], 'all')] ?? '',
    ...needsOf(settings).map((rule) => ruleSaid(rule, preparations, language)),
    register.text(numberOf(settings['textDays'], 0)),
    register.derived(numberOf(settings['derivedDays'], 0)),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
  return (
    <Paper withBorder radius="md" p="sm" className="register">
      <Group justify="space-between" wrap="nowrap" align="flex-start">
        <div>
          <Text size="sm" fw={600}>
            {register.title}
          </Text>
          <Text size="sm">{words}</Text>
        </div>
        <CopyIcon value={words} />
      </Group>
    </Paper>
  );
}
