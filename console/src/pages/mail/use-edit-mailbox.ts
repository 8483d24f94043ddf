import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import {
  changeMailbox,
  type MailboxSettings,
  type MailServer,
  type ManagedMailbox,
  tryChangedMailbox,
  tryMailbox,
} from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import type { MailboxEntry } from './mailbox-fields.tsx';
import { hasFailed } from './mailbox-test.tsx';
import { refusedField } from './refused-field.ts';

/** The password is asked for only where the servers are others. */
interface Entered extends MailboxEntry {
  /** One path on each line. */
  readonly folders: string;
}

/** The settings of a mailbox on their way back to the hub: tried with what is stored, or with the password that other servers need. */
export function useEditMailbox(mailbox: ManagedMailbox, onClose: () => void) {
  const texts = useTexts();
  const { mailboxes } = texts;
  const tenant = useTenant();
  const { id, address, settings, rules } = mailbox;
  const [entered, setEntered] = useState<Entered>(() => ({
    name: mailbox.name,
    opensCases: rules.opensCases,
    imap: settings.imap,
    smtp: settings.smtp,
    ca: settings.ca ?? '',
    horizonDays: settings.horizonDays ?? null,
    folders: (settings.folders ?? []).join('\n'),
    password: '',
  }));
  const [missing, setMissing] = useState<readonly string[]>([]);
  const wanted = settingsOf(settings, entered);
  const asksForPassword = mailbox.auth === 'password' && isElsewhere(settings, wanted);
  const password = asksForPassword ? { password: entered.password } : {};
  const save = useDeed({
    act: async (works: boolean) => {
      const { name, opensCases } = entered;
      const change = { name: name.trim(), settings: wanted, rules: { ...rules, opensCases }, ...password };
      await changeMailbox(tenant, id, change);
      return works;
    },
    done: (works) => (works ? mailboxes.changed : mailboxes.addedAnyway)(address),
    touches: ['managed-mailboxes', 'mailboxes', 'unattended-mailboxes'],
    onDone: onClose,
    isQuiet: true,
  });
  const trial = useMutation({
    mutationFn: async () =>
      asksForPassword
        ? await tryMailbox(tenant, { address, password: entered.password, settings: wanted })
        : await tryChangedMailbox(tenant, id, wanted),
    onSuccess: (lines) => (hasFailed(lines) ? undefined : save.mutate(true)),
  });
  const problem = save.error ?? trial.error;
  const refused = refusedField(problem, texts);
  const isAtField = refused !== undefined && shown.test(refused.field);
  return {
    entered,
    trial,
    asksForPassword,
    isOtherAccount: isOther(mailbox, wanted),
    isSaving: save.isPending,
    problem: problem !== null && !isAtField ? problem : undefined,
    errorAt: (field: string) =>
      missing.includes(field) ? mailboxes.missing : refused?.field === field ? refused.text : undefined,
    edit: (part: Partial<Entered>) => {
      setEntered((now) => ({ ...now, ...part }));
      setMissing([]);
      trial.reset();
      save.reset();
    },
    saveAnyway: () => save.mutate(false),
    submit: (event: FormEvent) => {
      event.preventDefault();
      const empty = emptyIn(entered, asksForPassword);
      setMissing(empty);
      if (empty.length === 0) trial.mutate();
    },
  };
}

function settingsOf(before: MailboxSettings, { imap, smtp, ca, horizonDays, folders }: Entered): MailboxSettings {
  const { ca: _before, ...rest } = before;
  const paths = folders
    .split('\n')
    .map((path) => path.trim())
    .filter((path) => path !== '');
  const authority = ca.trim() === '' ? {} : { ca };
  return { ...rest, imap: trimmed(imap), smtp: trimmed(smtp), horizonDays, folders: [...new Set(paths)], ...authority };
}

const trimmed = (server: MailServer): MailServer => ({ ...server, host: server.host.trim().toLowerCase() });

/** A server that has not had the password, or another authority that vouches for it. The hub holds to the same. */
function isElsewhere(before: MailboxSettings, { imap, smtp, ca }: MailboxSettings): boolean {
  const known = [before.imap.host, before.smtp.host];
  return !known.includes(imap.host) || !known.includes(smtp.host) || (ca !== undefined && ca !== before.ca);
}

function isOther({ address, settings: { imap: before } }: ManagedMailbox, { imap }: MailboxSettings): boolean {
  return before.host !== imap.host || (before.user || address) !== (imap.user || address);
}

function emptyIn({ name, imap, smtp, password }: Entered, asksForPassword: boolean): string[] {
  const values = { name, 'settings.imap.host': imap.host, 'settings.smtp.host': smtp.host };
  const asked = asksForPassword ? { ...values, password } : values;
  return Object.entries(asked).flatMap(([field, value]) => (value.trim() === '' ? [field] : []));
}

const shown = /^(?:name|password|settings\.(?:ca|folders|(?:imap|smtp)\.(?:host|port|security|user)))$/;
