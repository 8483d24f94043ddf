import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { addMailbox, detectMailbox, type NewMailbox, type SignIn, tryMailbox } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import type { MailboxEntry } from './mailbox-fields.tsx';
import { hasFailed } from './mailbox-test.tsx';
import { refusedField } from './refused-field.ts';

interface Entered extends MailboxEntry {
  readonly address: string;
  /** Of a member's own mailbox; empty for the desk's. */
  readonly ownerId: string;
  readonly auth: SignIn;
}

const untouched: Entered = {
  name: '',
  address: '',
  ownerId: '',
  auth: 'password',
  password: '',
  imap: { host: '', port: 993, security: 'tls', user: '' },
  smtp: { host: '', port: 465, security: 'tls', user: '' },
  ca: '',
  horizonDays: 30,
  opensCases: true,
};

/** A new mailbox from its address to the list: its settings are found, it is tried, then it is saved. */
export function useNewMailbox(onAdded: (mailbox: { readonly id: string; readonly auth: SignIn }) => void) {
  const texts = useTexts();
  const { mailboxes } = texts;
  const tenant = useTenant();
  const [entered, setEntered] = useState(untouched);
  const [missing, setMissing] = useState<readonly string[]>([]);
  const detect = useMutation({
    mutationFn: async () => await detectMailbox(tenant, entered.address.trim()),
    onSuccess: (found) => {
      if (found !== null) setEntered((now) => ({ ...now, auth: found.auth, imap: found.imap, smtp: found.smtp }));
    },
  });
  const trial = useMutation({
    mutationFn: async () => await tryMailbox(tenant, trialOf(entered)),
    onSuccess: (lines) => (hasFailed(lines) ? undefined : add.mutate(true)),
  });
  const add = useDeed({
    act: async (works: boolean) => ({ ...(await addMailbox(tenant, newOf(entered))), auth: entered.auth, works }),
    done: ({ works }) => (works ? mailboxes.added : mailboxes.addedAnyway)(entered.address.trim()),
    touches: ['managed-mailboxes', 'mailboxes'],
    onDone: onAdded,
    isQuiet: true,
  });
  const problem = add.error ?? trial.error ?? detect.error;
  const refused = refusedField(problem, texts);
  return {
    entered,
    trial,
    isAdding: add.isPending,
    isFinding: detect.isPending,
    /** Undefined before it was looked for, null where nothing is known. */
    found: detect.data,
    /** Of the whole; what one field is about stands at the field. */
    problem: problem !== null && !isShown(refused?.field) ? problem : undefined,
    errorAt: (field: string) =>
      missing.includes(field) ? mailboxes.missing : refused?.field === field ? refused.text : undefined,
    edit: (part: Partial<Entered>) => {
      setEntered((now) => ({ ...now, ...part }));
      setMissing([]);
      trial.reset();
      add.reset();
    },
    find: () => {
      const empty = emptyOf(entered, ['address']);
      setMissing(empty);
      if (empty.length === 0) detect.mutate();
    },
    addAnyway: () => add.mutate(false),
    submit: (event: FormEvent) => {
      event.preventDefault();
      const isFound = detect.data !== undefined;
      const asked = entered.auth === 'password' ? [...always, 'password'] : always;
      const empty = emptyOf(entered, isFound ? asked : ['name', 'address']);
      setMissing(empty);
      add.reset();
      if (empty.length > 0) return;
      if (!isFound) detect.mutate();
      else if (entered.auth === 'password') trial.mutate();
      else add.mutate(false);
    },
  };
}

const always = ['name', 'address', 'settings.imap.host', 'settings.smtp.host'];

function emptyOf({ name, address, password, imap, smtp }: Entered, fields: readonly string[]): string[] {
  const values: Readonly<Record<string, string>> = {
    name,
    address,
    password,
    'settings.imap.host': imap.host,
    'settings.smtp.host': smtp.host,
  };
  return fields.filter((field) => values[field]?.trim() === '');
}

function trialOf({ address, password, imap, smtp, ca, horizonDays }: Entered) {
  const settings = { imap, smtp, horizonDays, ...(ca.trim() === '' ? {} : { ca }) };
  return { address: address.trim(), password, settings };
}

function newOf(entered: Entered): NewMailbox {
  const { name, ownerId, auth, opensCases } = entered;
  const { password, ...tried } = trialOf(entered);
  return {
    ...tried,
    ...(ownerId === '' ? { kind: 'desk' } : { kind: 'member', ownerMemberId: ownerId }),
    name: name.trim(),
    auth,
    ...(auth === 'password' ? { password } : {}),
    rules: { opensCases },
  };
}

const shown = /^(?:name|address|ownerMemberId|password|settings\.(?:ca|(?:imap|smtp)\.(?:host|port|security|user)))$/;
const isShown = (field: string | undefined): boolean => field !== undefined && shown.test(field);
