import { Stack, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { type AboutCase, type Mailbox, type Template, templatesQuery } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { useTexts } from '../../texts/index.ts';
import { type Draft, fillFields, withFile } from './draft.ts';
import { FilesField } from './files-field.tsx';
import { chosenMailbox, MailboxField } from './mailbox-field.tsx';
import { TemplateMenu } from './template-menu.tsx';
import { TextField } from './text-field.tsx';
import type { DraftHandle } from './use-draft.ts';
import { WhenField } from './when-field.tsx';

export type FieldErrors = Readonly<Partial<Record<string, string>>>;

interface MailFieldsProps {
  readonly draft: Draft;
  readonly handle: Pick<DraftHandle, 'change' | 'changeBy'>;
  readonly mailboxes: readonly Mailbox[];
  /** Of one case: templates come filled in. Without it their fields stay, to be filled for each. */
  readonly about?: AboutCase;
  readonly errors: FieldErrors;
  /** Between mailbox and subject. */
  readonly people?: ReactNode;
}

/** What every mail has, to one person or to many. */
export function MailFields({ draft, handle, mailboxes, about, errors, people }: MailFieldsProps) {
  const { mail } = useTexts();
  const { data } = useQuery(templatesQuery(useTenant()));
  const mailbox = chosenMailbox(mailboxes, draft.mailboxId);
  const fill = (text: string) =>
    about === undefined
      ? text
      : fillFields(text, {
          ...about.fields,
          'mailbox.name': mailbox?.name ?? '',
          'mailbox.address': mailbox?.address ?? '',
        });
  const choose = (template: Template) =>
    handle.change({
      // An answer keeps the subject of what it answers.
      subject: draft.subject === '' ? fill(template.subject) : draft.subject,
      text: draft.text.trim() === '' ? fill(template.text) : `${fill(template.text)}\n\n${draft.text.trimStart()}`,
    });
  const signature = mailbox === undefined ? '' : fill(mailbox.signature).trim();
  return (
    <Stack gap="sm">
      <MailboxField
        mailboxes={mailboxes}
        chosen={mailbox}
        onChoose={(mailboxId) => handle.change({ mailboxId })}
        error={errors['mailboxId']}
      />
      {people}
      <TextInput
        label={mail.subject}
        value={draft.subject}
        onChange={(event) => handle.change({ subject: event.currentTarget.value })}
        error={errors['subject']}
        maxLength={500}
      />
      <TextField
        value={draft.text}
        onChange={(text) => handle.change({ text })}
        error={errors['text']}
        fields={data?.fields ?? []}
        actions={<TemplateMenu onChoose={choose} />}
      />
      {mailbox !== undefined && (
        <Text size="sm" c="dimmed" component="div">
          <span>{signature === '' ? mail.signatureNone : `${mail.signature}:`}</span>
          {signature !== '' && <pre className="mail-text">{signature}</pre>}
        </Text>
      )}
      <FilesField
        files={draft.files}
        offered={about?.files ?? []}
        error={errors['attachments']}
        onAdd={(file) => handle.changeBy(({ files }) => ({ files: withFile(files, file) }))}
        onRemove={(file) => handle.changeBy(({ files }) => ({ files: files.filter((one) => one !== file) }))}
      />
      <WhenField value={draft.sendAt} onChange={(sendAt) => handle.change({ sendAt })} error={errors['sendAt']} />
    </Stack>
  );
}
