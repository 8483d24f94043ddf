import { Checkbox, NativeSelect, PasswordInput, Textarea, TextInput } from '@mantine/core';
import type { MailServer } from '../../api/mailboxes.ts';
import { useTexts } from '../../texts/index.ts';
import { ServerFields } from './server-fields.tsx';

/** What is entered of a mailbox, whether it is a new one or changed. */
export interface MailboxEntry {
  readonly name: string;
  readonly password: string;
  readonly imap: MailServer;
  readonly smtp: MailServer;
  readonly ca: string;
  readonly horizonDays: number | null;
  readonly opensCases: boolean;
}

interface FieldsProps {
  readonly form: {
    readonly entered: MailboxEntry;
    readonly edit: (part: Partial<MailboxEntry>) => void;
    readonly errorAt: (field: string) => string | undefined;
  };
}

interface HintedProps extends FieldsProps {
  readonly hint: string;
}

export function NameField({ form: { entered, edit, errorAt } }: FieldsProps) {
  const { mailboxes } = useTexts();
  return (
    <TextInput
      label={mailboxes.name}
      description={mailboxes.nameHint}
      value={entered.name}
      onChange={(event) => edit({ name: event.currentTarget.value })}
      error={errorAt('name')}
      required
      maxLength={200}
      autoComplete="off"
      data-autofocus
    />
  );
}

export function PasswordField({ form: { entered, edit, errorAt }, hint }: HintedProps) {
  const { mailboxes } = useTexts();
  return (
    <PasswordInput
      label={mailboxes.password}
      description={hint}
      value={entered.password}
      onChange={(event) => edit({ password: event.currentTarget.value })}
      error={errorAt('password')}
      required
      maxLength={1000}
      autoComplete="new-password"
    />
  );
}

export function OpensCasesField({ form: { entered, edit } }: FieldsProps) {
  const { mailboxes } = useTexts();
  return (
    <Checkbox
      label={mailboxes.opensCases}
      description={mailboxes.opensCasesHint}
      checked={entered.opensCases}
      onChange={(event) => edit({ opensCases: event.currentTarget.checked })}
    />
  );
}

/** How the mailbox is reached. */
export function ServersFields({ form: { entered, edit, errorAt } }: FieldsProps) {
  const { mailboxes } = useTexts();
  return (
    <>
      <ServerFields
        legend={mailboxes.reading}
        server={entered.imap}
        onChange={(part) => edit({ imap: { ...entered.imap, ...part } })}
        errorAt={(field) => errorAt(`settings.imap.${field}`)}
      />
      <ServerFields
        legend={mailboxes.sending}
        server={entered.smtp}
        onChange={(part) => edit({ smtp: { ...entered.smtp, ...part } })}
        errorAt={(field) => errorAt(`settings.smtp.${field}`)}
      />
      <Textarea
        label={mailboxes.authority}
        description={mailboxes.authorityHint}
        value={entered.ca}
        onChange={(event) => edit({ ca: event.currentTarget.value })}
        error={errorAt('settings.ca')}
        autosize
        minRows={1}
        maxRows={6}
        maxLength={20_000}
        spellCheck={false}
      />
    </>
  );
}

const horizons = ['0', '7', '30', '90', '365', 'all'] as const;

/** How far back it is read. A number of days that nobody is offered here was set elsewhere, and stays. */
export function HorizonField({ form: { entered, edit }, hint }: HintedProps) {
  const { mailboxes } = useTexts();
  const chosen = entered.horizonDays === null ? 'all' : String(entered.horizonDays);
  const isOffered = horizons.some((one) => one === chosen);
  return (
    <NativeSelect
      label={mailboxes.horizon}
      description={hint}
      value={chosen}
      onChange={({ currentTarget: { value } }) => edit({ horizonDays: value === 'all' ? null : Number(value) })}
      data={[
        ...horizons.map((value) => ({ value: value as string, label: mailboxes.horizons[value] })),
        ...(isOffered ? [] : [{ value: chosen, label: mailboxes.horizonDays(Number(chosen)) }]),
      ]}
    />
  );
}
