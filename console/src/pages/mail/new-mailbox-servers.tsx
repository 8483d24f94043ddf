import { NativeSelect, Textarea } from '@mantine/core';
import { useTexts } from '../../texts/index.ts';
import type { NewMailboxForm } from './new-mailbox.tsx';
import { ServerFields } from './server-fields.tsx';

const horizons = ['0', '7', '30', '90', '365', 'all'] as const;

/** How the mailbox is reached and what of it is read, as found and to be changed. */
export function NewMailboxServers({ form: { entered, edit, errorAt } }: { readonly form: NewMailboxForm }) {
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
      <NativeSelect
        label={mailboxes.horizon}
        description={mailboxes.horizonHint}
        value={entered.horizonDays === null ? 'all' : String(entered.horizonDays)}
        onChange={({ currentTarget: { value } }) => edit({ horizonDays: value === 'all' ? null : Number(value) })}
        data={horizons.map((value) => ({ value, label: mailboxes.horizons[value] }))}
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
