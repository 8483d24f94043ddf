import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconMailOff, IconTemplate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { Problem } from '../../api/client.ts';
import { aboutQuery, removeTemplate, saveTemplate, type Template, templatesQuery } from '../../api/mail.ts';
import type { Named } from '../../api/desk.ts';
import { useTenant } from '../../api/session.ts';
import { PickRecord } from '../../desk/pick-record.tsx';
import { ActionButton } from '../../kit/action-button.tsx';
import { Confirm } from '../../kit/confirm.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { fillFields } from './draft.ts';
import { fieldErrorOf } from './errors.ts';
import { Signatures } from './signatures.tsx';
import { TextField } from './text-field.tsx';
import { MailViews } from './views.tsx';

type Edited = Pick<Template, 'id' | 'name' | 'subject' | 'text'>;

/** Templates and signatures of the workspace, for who administers it. */
export function TemplatesPage() {
  const { mail } = useTexts();
  const query = useQuery({ ...templatesQuery(useTenant()), retry: (tries, error) => tries < 3 && !isOff(error) });
  return (
    <Page title={mail.templates.title} intro={mail.templates.intro}>
      <MailViews />
      {isOff(query.error) ? (
        <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />
      ) : (
        <>
          <Loaded query={query}>
            {({ templates, fields }) => <Templates templates={templates} fields={fields} />}
          </Loaded>
          <Signatures />
        </>
      )}
    </Page>
  );
}

const isOff = (error: unknown): boolean => error instanceof Problem && error.status === 404;

interface TemplatesProps {
  readonly templates: readonly Template[];
  readonly fields: readonly string[];
}

function Templates({ templates, fields }: TemplatesProps) {
  const { mail } = useTexts();
  const [edited, setEdited] = useState<Edited>();
  const add = () => setEdited({ id: crypto.randomUUID(), name: '', subject: '', text: '' });
  return (
    <Section
      title={mail.templates.list}
      hint={mail.templates.listHint}
      actions={
        edited === undefined && (
          <ActionButton icon={IconTemplate} isBusy={false} isMain onAct={add}>
            {mail.templates.add}
          </ActionButton>
        )
      }
    >
      {edited !== undefined && (
        <Editor key={edited.id} template={edited} fields={fields} onClose={() => setEdited(undefined)} />
      )}
      {templates.length === 0 && edited === undefined && (
        <Empty icon={IconTemplate} title={mail.templates.none} hint={mail.templates.noneHint} />
      )}
      <ul className="entry-list">
        {templates.map((template) => (
          <li key={template.id}>
            <Line template={template} onEdit={() => setEdited(template)} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function Line({ template, onEdit }: { readonly template: Template; readonly onEdit: () => void }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [isAsking, setAsking] = useState(false);
  const remove = useDeed({
    act: async () => await removeTemplate(tenant, template.id),
    done: () => mail.templates.removed,
    touches: ['mail-templates'],
    onDone: () => setAsking(false),
  });
  return (
    <div className="entry-line">
      <div className="entry-words">
        <Text size="sm" fw={600}>
          {template.name}
        </Text>
        <Text size="xs" c="dimmed">
          {[template.subject, mail.templates.changedBy(template.changedBy)].filter((part) => part !== '').join(' · ')}
        </Text>
      </div>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={onEdit}>
          {mail.templates.edit(template.name)}
        </Button>
        <Button size="compact-sm" variant="subtle" color="red" className="grave" onClick={() => setAsking(true)}>
          {mail.templates.remove}
        </Button>
      </Group>
      {isAsking && (
        <Confirm
          title={mail.templates.remove}
          text={mail.templates.removeText(template.name)}
          deed={mail.templates.remove}
          isGrave
          isBusy={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(undefined)}
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}

interface EditorProps {
  readonly template: Edited;
  readonly fields: readonly string[];
  readonly onClose: () => void;
}

function Editor({ template, fields, onClose }: EditorProps) {
  const texts = useTexts();
  const { mail, common } = texts;
  const tenant = useTenant();
  const [edited, setEdited] = useState(template);
  const change = (part: Partial<Edited>) => {
    save.reset();
    setEdited((now) => ({ ...now, ...part }));
  };
  const save = useDeed({
    act: async () =>
      await saveTemplate(tenant, {
        id: edited.id,
        name: edited.name.trim(),
        subject: edited.subject,
        text: edited.text,
      }),
    done: () => mail.templates.saved,
    touches: ['mail-templates'],
    onDone: onClose,
    isQuiet: true,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  const errors = fieldErrorOf(save.error, texts);
  return (
    <form onSubmit={submit} aria-label={template.name === '' ? mail.templates.add : mail.templates.edit(template.name)}>
      <div className="mail-columns">
        <Stack gap="sm">
          <TextInput
            label={mail.templates.name}
            value={edited.name}
            onChange={(event) => change({ name: event.currentTarget.value })}
            error={errors['name']}
            required
            maxLength={100}
            data-autofocus
          />
          <TextInput
            label={mail.subject}
            value={edited.subject}
            onChange={(event) => change({ subject: event.currentTarget.value })}
            error={errors['subject']}
            maxLength={500}
          />
          <TextField value={edited.text} onChange={(text) => change({ text })} error={errors['text']} fields={fields} />
          {save.isError && Object.keys(errors).length === 0 && <ProblemNote error={save.error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" size="xs" onClick={onClose}>
              {common.cancel}
            </Button>
            <Button type="submit" size="xs" loading={save.isPending}>
              {mail.templates.save}
            </Button>
          </Group>
        </Stack>
        <Sample template={edited} />
      </div>
    </form>
  );
}

/** The template as it comes out for a case of one's choice. */
function Sample({ template }: { readonly template: Edited }) {
  const { mail } = useTexts();
  const [picked, setPicked] = useState<Named | null>(null);
  const { data } = useQuery(aboutQuery(useTenant(), picked?.id ?? ''));
  return (
    <Stack gap="sm">
      <PickRecord object="serviceCase" label={mail.templates.sample} value={picked} onPick={setPicked} />
      {data === undefined ? (
        <Text size="sm" c="dimmed">
          {mail.templates.sampleHint}
        </Text>
      ) : (
        <section className="mail-preview" aria-label={mail.templates.filled}>
          <Text size="sm" fw={600} className="break">
            {fillFields(template.subject, data.fields)}
          </Text>
          <pre className="mail-text">{fillFields(template.text, data.fields)}</pre>
        </section>
      )}
    </Stack>
  );
}
