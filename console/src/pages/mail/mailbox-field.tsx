import { NativeSelect } from '@mantine/core';
import type { Mailbox } from '../../api/mail.ts';
import { useTexts } from '../../texts/index.ts';

interface MailboxFieldProps {
  readonly mailboxes: readonly Mailbox[];
  readonly chosen: Mailbox | undefined;
  readonly onChoose: (id: string) => void;
  readonly error: string | undefined;
}

/** From where a mail goes; a mailbox that cannot send says so. */
export function MailboxField({ mailboxes, chosen, onChoose, error }: MailboxFieldProps) {
  const { mail } = useTexts();
  return (
    <NativeSelect
      label={mail.from}
      value={chosen?.id ?? ''}
      onChange={(event) => onChoose(event.currentTarget.value)}
      data={mailboxes.map(({ id, name, address, isActive }) => ({
        value: id,
        label: `${name} <${address}>${isActive ? '' : ` (${mail.mailboxOutMark})`}`,
      }))}
      error={error ?? (chosen?.isActive === false ? mail.problems.mailboxOut(chosen.name) : undefined)}
    />
  );
}

/** The one that was chosen, else the first of the desk that can send. */
export function chosenMailbox(mailboxes: readonly Mailbox[], id: string | undefined): Mailbox | undefined {
  return mailboxes.find((one) => one.id === id) ?? mailboxes.find((one) => one.isActive) ?? mailboxes[0];
}
