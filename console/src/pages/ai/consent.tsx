import { ActionIcon, Button, Group, Select, Stack, Text } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Section } from '../../kit/section.tsx';
import { useSpeech } from '../../texts/index.ts';
import { asSetting, countriesIn, needsOf, type Rule } from './rules.ts';
import { SaveBar } from './save-bar.tsx';
import { type Settings, textOf, useSave } from './settings.ts';

type Edited = { readonly consent: string; readonly directions: string; readonly rules: readonly Rule[] };

const storedIn = (settings: Settings): Edited => ({
  consent: textOf(settings['consent'], 'recorded'),
  directions: textOf(settings['directions'], 'all'),
  rules: needsOf(settings),
});

const wordsOf = (known: Readonly<Record<string, string>>) =>
  Object.entries(known).map(([value, label]) => ({ value, label }));

/** Which calls may become text: of all, by direction, and by the country of the other side. */
export function Consent({ settings }: { readonly settings: Settings }) {
  const { preparations } = useSpeech().texts;
  const { consent: words } = preparations;
  const stored = storedIn(settings);
  const [edited, setEdited] = useState<Edited>();
  const save = useSave(() => setEdited(undefined));
  const now = edited ?? stored;
  const edit = (change: Partial<Edited>) => {
    save.reset();
    const next = { ...now, ...change };
    setEdited(JSON.stringify(next) === JSON.stringify(stored) ? undefined : next);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate({ consent: now.consent, directions: now.directions, consentRules: asSetting(now.rules) });
  };
  return (
    <Section title={words.title} hint={words.hint}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <Group align="flex-start" grow preventGrowOverflow={false} className="fields">
            <Select
              label={words.all}
              data={wordsOf({ recorded: words.needs.recorded, asked: words.needs.asked })}
              value={now.consent}
              onChange={(consent) => consent !== null && edit({ consent })}
              allowDeselect={false}
            />
            <Select
              label={words.directions}
              data={wordsOf(words.directionChoices)}
              value={now.directions}
              onChange={(directions) => directions !== null && edit({ directions })}
              allowDeselect={false}
            />
          </Group>
          <Rules rules={now.rules} onChange={(rules) => edit({ rules })} />
          <SaveBar isChanged={edited !== undefined} isBusy={save.isPending} error={save.error} />
        </Stack>
      </form>
    </Section>
  );
}

interface RulesProps {
  readonly rules: readonly Rule[];
  readonly onChange: (rules: readonly Rule[]) => void;
}

function Rules({ rules, onChange }: RulesProps) {
  const { texts } = useSpeech();
  const { consent: words } = texts.preparations;
  return (
    <Stack gap="xs">
      <div>
        <Text size="sm" fw={600}>
          {words.rules}
        </Text>
        <Text size="xs" c="dimmed">
          {words.rulesHint}
        </Text>
      </div>
      {rules.map((rule, index) => (
        <RuleLine
          key={index}
          rule={rule}
          number={index + 1}
          onChange={(next) => onChange(rules.with(index, next))}
          onRemove={() => onChange(rules.toSpliced(index, 1))}
        />
      ))}
      <Group>
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...rules, { country: 'any', direction: 'inbound', need: 'asked' }])}
        >
          {words.addRule}
        </Button>
      </Group>
    </Stack>
  );
}

interface RuleLineProps {
  readonly rule: Rule;
  readonly number: number;
  readonly onChange: (rule: Rule) => void;
  readonly onRemove: () => void;
}

function RuleLine({ rule, number, onChange, onRemove }: RuleLineProps) {
  const { texts, language } = useSpeech();
  const { consent: words } = texts.preparations;
  const pick = (name: keyof Rule) => (value: string | null) => value !== null && onChange({ ...rule, [name]: value });
  return (
    <div className="rule-line" role="group" aria-label={words.rule(number)}>
      <Select
        aria-label={words.country}
        data={[{ value: 'any', label: words.anyCountry }, ...countriesIn(language)]}
        value={rule.country}
        onChange={pick('country')}
        searchable
        allowDeselect={false}
      />
      <Select
        aria-label={words.direction}
        data={wordsOf(words.ruleDirections)}
        value={rule.direction}
        onChange={pick('direction')}
        allowDeselect={false}
      />
      <Select
        aria-label={words.need}
        data={wordsOf(words.needs)}
        value={rule.need}
        onChange={pick('need')}
        allowDeselect={false}
      />
      <ActionIcon variant="subtle" color="gray" size="lg" aria-label={words.removeRule(number)} onClick={onRemove}>
        <IconTrash size={17} aria-hidden />
      </ActionIcon>
    </div>
  );
}
