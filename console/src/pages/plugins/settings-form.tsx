import { Button, Collapse, Group, Stack, Text } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconKey } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/client.ts';
import { configurePlugin, enablePlugin } from '../../api/plugins.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { CopyField } from '../../kit/copy-field.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { humanize, listSettings, type Setting, type Values } from '../../kit/schema-form/schema.ts';
import { SchemaForm } from '../../kit/schema-form/schema-form.tsx';
import { complaints, withEdit } from '../../kit/schema-form/state.ts';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

/** The settings as the plugin's own schema describes them. What is needed comes first; the rest is one click away. */
export function SettingsForm({ plugin }: { readonly plugin: Plugin }) {
  const { plugins, common } = useTexts();
  const form = useSettings(plugin);
  const [showsAll, setShowsAll] = useState(plugin.state !== 'disabled');
  const needed = form.settings.filter(({ isRequired }) => isRequired);
  const rest = form.settings.filter(({ isRequired }) => !isRequired);
  const isOff = plugin.state === 'disabled';
  const fields = { state: form.state, labelOf: form.labelOf, onEdit: form.onEdit };
  const hasEdits = Object.keys(form.state.edited).length > 0;
  return (
    <Section title={plugins.settings}>
      <form onSubmit={form.submit} noValidate>
        <Stack gap="lg">
          {needed.length > 0 && <SchemaForm {...fields} settings={needed} />}
          {isOff && <KeyMaker settings={needed} onMake={form.onEdit} />}
          {rest.length > 0 && (
            <div>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => setShowsAll(!showsAll)}
                aria-expanded={showsAll}
                leftSection={
                  showsAll ? <IconChevronUp size={16} aria-hidden /> : <IconChevronDown size={16} aria-hidden />
                }
                mb="sm"
              >
                {plugins.more}
              </Button>
              <Collapse expanded={showsAll}>
                <SchemaForm {...fields} settings={rest} />
              </Collapse>
            </div>
          )}
          {form.settings.length === 0 && <SchemaForm {...fields} settings={[]} />}
          {form.problem !== undefined && <ProblemNote error={form.problem} />}
          <Group className="save-bar">
            <Button type="submit" loading={form.isBusy} disabled={!isOff && !hasEdits}>
              {isOff ? (form.settings.length === 0 ? plugins.enable : plugins.saveAndEnable) : common.save}
            </Button>
            {!isOff && hasEdits && (
              <Text size="sm" c="dimmed" role="status">
                {plugins.unsaved}
              </Text>
            )}
          </Group>
        </Stack>
      </form>
    </Section>
  );
}

function useSettings(plugin: Plugin) {
  const { plugins } = useTexts();
  const tenant = useTenant();
  const settings = listSettings(plugin.settings);
  const [edited, setEdited] = useState<Values>({});
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});
  const isOff = plugin.state === 'disabled';
  const save = useDeed({
    act: () => (isOff ? enablePlugin : configurePlugin)(tenant, plugin.id, edited),
    done: () => (isOff ? plugins.enabled(plugin.name) : plugins.saved),
    touches: ['plugins', 'work', 'desk', 'day', 'session'],
    onDone: () => setEdited({}),
    isQuiet: true,
  });
  const state = {
    edited,
    stored: plugin.config,
    secrets: plugin.secrets,
    errors: { ...errors, ...refusedField(save.error) },
  };
  const find = (name: string) => settings.find((one) => one.name === name);
  return {
    settings,
    state,
    isBusy: save.isPending,
    /** Of the whole; what one field is about stands at the field. */
    problem: save.isError && Object.keys(refusedField(save.error)).length === 0 ? save.error : undefined,
    labelOf: ({ name, schema }: Setting) => schema.title ?? humanize(name),
    onEdit: (name: string, value: unknown) => {
      const setting = find(name);
      if (setting === undefined) return;
      save.reset();
      setErrors(({ [name]: _corrected, ...others }) => others);
      setEdited((before) => withEdit(before, setting, value, plugin.config));
    },
    submit: (event: FormEvent) => {
      event.preventDefault();
      const found = complaints(settings, { ...state, errors: {} }, plugins);
      setErrors(found);
      const [first] = Object.keys(found);
      if (first === undefined) save.mutate(undefined);
      else document.getElementById(`setting-${first}`)?.focus();
    },
  };
}

/** The hub names the setting that it does not accept: `config.pbxUrl`. */
function refusedField(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Problem) || error.field?.startsWith('config.') !== true) return {};
  return { [error.field.split('.')[1] ?? '']: error.message };
}

/** A key that a person would otherwise have to think up. It is shown once, to be taken along to the other system. */
function KeyMaker({
  settings,
  onMake,
}: {
  readonly settings: readonly Setting[];
  readonly onMake: (name: string, value: string) => void;
}) {
  const { plugins } = useTexts();
  const [key, setKey] = useState<string>();
  const setting = settings.find(({ name, schema }) => name === 'apiKey' && schema.secret === true);
  if (setting === undefined) return undefined;
  const make = () => {
    const made = newKey();
    setKey(made);
    onMake(setting.name, made);
  };
  if (key !== undefined) return <CopyField label={plugins.yourKey} value={key} />;
  return (
    <Group>
      <Button variant="default" size="xs" leftSection={<IconKey size={15} aria-hidden />} onClick={make}>
        {plugins.generate}
      </Button>
    </Group>
  );
}

/** 192 random bits in letters that every form accepts. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
