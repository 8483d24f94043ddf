import { Button, Group, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconClock, IconEye, IconSend } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { type KeyboardEvent, useState } from 'react';
import { type Accepted, type AboutCase, type Mailbox, previewQuery, sendMail } from '../../api/mail.ts';
import { useTenant } from '../../api/session.ts';
import { ProblemNote } from '../../kit/problem-note.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { type Draft, problemsOf, toRequest } from './draft.ts';
import { fieldErrorOf, hasNoMailbox, isCaseGone, lookedAt } from './errors.ts';
import { type FieldErrors, MailFields } from './mail-fields.tsx';
import { chosenMailbox } from './mailbox-field.tsx';
import { PeopleField, PeopleNotes } from './people-field.tsx';
import { MailPreview } from './preview.tsx';
import type { DraftHandle } from './use-draft.ts';
import './mail.css';

interface ComposerProps {
  readonly about: AboutCase;
  readonly draft: Draft;
  readonly handle: DraftHandle;
  readonly mailboxes: readonly Mailbox[];
  readonly onSent: (accepted: Accepted) => void;
}

/** While somebody types the hub is not asked. */
const PAUSE_MS = 500;

/** A mail about one case: to its contacts or to anybody. */
export function Composer({ about, draft, handle, mailboxes, onSent }: ComposerProps) {
  const texts = useTexts();
  const { mail } = texts;
  const tenant = useTenant();
  const [hasTried, setTried] = useState(false);
  const [isShown, setShown] = useState(false);
  const mailbox = chosenMailbox(mailboxes, draft.mailboxId);
  const whole = mailbox === undefined ? draft : { ...draft, mailboxId: mailbox.id };
  const request = toRequest(whole, { caseId: about.caseId });
  const isWhole = problemsOf(draft).length === 0;
  const [asked] = useDebouncedValue(isWhole ? request : undefined, PAUSE_MS);
  const preview = useQuery({ ...previewQuery(tenant, isWhole ? asked : undefined), placeholderData: keepPreviousData });
  const send = useDeed({
    act: async () => await sendMail(tenant, request),
    touches: ['case-mail', 'mail-sent'],
    onDone: onSent,
    isQuiet: true,
  });
  const submit = () => {
    setTried(true);
    if (Object.keys(lookedAt(draft, texts)).length === 0 && !send.isPending) send.mutate(undefined);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };
  const failed = send.error ?? preview.error;
  const errors: FieldErrors = { ...fieldErrorOf(failed, texts), ...(hasTried ? lookedAt(draft, texts) : {}) };
  const [shown] = isWhole ? (preview.data?.mails ?? []) : [];
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
      onKeyDown={onKeyDown}
      aria-label={mail.write}
      className="mail-composer"
    >
      <Stack gap="sm">
        <MailFields
          draft={draft}
          handle={handle}
          mailboxes={mailboxes}
          about={about}
          errors={errors}
          people={<People about={about} draft={draft} handle={handle} errors={errors} />}
        />
        {(shown?.missing.length ?? 0) > 0 && (
          <Text size="sm" className="mail-warning" role="status">
            {mail.missing(shown!.missing.join(', '))}
          </Text>
        )}
        {isShown &&
          (shown === undefined ? (
            <Text size="sm" c="dimmed">
              {mail.previewWait}
            </Text>
          ) : (
            <MailPreview mail={shown} request={asked ?? request} />
          ))}
        <Trouble error={failed} errors={errors} />
        <Group justify="space-between" gap="xs">
          <Text size="xs" c="dimmed">
            {mail.kept} {mail.sendKey}
          </Text>
          <Group gap="xs">
            <Button variant="subtle" color="gray" size="xs" onClick={handle.discard}>
              {mail.discard}
            </Button>
            <Button
              variant="default"
              size="xs"
              leftSection={<IconEye size={15} aria-hidden />}
              aria-expanded={isShown}
              onClick={() => setShown(!isShown)}
            >
              {isShown ? mail.previewHide : mail.preview}
            </Button>
            <Button
              type="submit"
              size="xs"
              leftSection={
                draft.sendAt === undefined ? <IconSend size={15} aria-hidden /> : <IconClock size={15} aria-hidden />
              }
              loading={send.isPending}
            >
              {draft.sendAt === undefined ? mail.send : mail.schedule}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}

interface PeopleProps {
  readonly about: AboutCase;
  readonly draft: Draft;
  readonly handle: Pick<DraftHandle, 'change'>;
  readonly errors: FieldErrors;
}

function People({ about: { contacts }, draft: { to, cc, bcc }, handle, errors }: PeopleProps) {
  const { mail } = useTexts();
  const [isOpen, setOpen] = useState(cc.length + bcc.length > 0);
  const hasMore = isOpen || errors['cc'] !== undefined || errors['bcc'] !== undefined;
  return (
    <>
      <PeopleField
        label={mail.to}
        hint={mail.toHint}
        value={to}
        contacts={contacts}
        error={errors['to']}
        onChange={(value) => handle.change({ to: value })}
        isFirst
      />
      {hasMore ? (
        <>
          <PeopleField
            label={mail.cc}
            value={cc}
            contacts={contacts}
            error={errors['cc']}
            onChange={(value) => handle.change({ cc: value })}
          />
          <PeopleField
            label={mail.bcc}
            value={bcc}
            contacts={contacts}
            error={errors['bcc']}
            onChange={(value) => handle.change({ bcc: value })}
          />
        </>
      ) : (
        <Group>
          <Button variant="subtle" size="compact-xs" onClick={() => setOpen(true)}>
            {mail.more}
          </Button>
        </Group>
      )}
      <PeopleNotes chosen={[...to, ...cc, ...bcc]} contacts={contacts} />
    </>
  );
}

/** What is about no field; the case or the mailbox may be gone. */
export function Trouble({ error, errors }: { readonly error: unknown; readonly errors: FieldErrors }) {
  const { mail } = useTexts();
  if (error === null || error === undefined) return undefined;
  if (isCaseGone(error)) {
    return (
      <VerdictNote verdict="failed" title={mail.problems.caseGone} icon={undefined}>
        {mail.problems.caseGoneHint}
      </VerdictNote>
    );
  }
  if (hasNoMailbox(error)) {
    return (
      <VerdictNote verdict="failed" title={mail.problems.noMailbox} icon={undefined}>
        {mail.problems.noMailboxHint}
      </VerdictNote>
    );
  }
  return Object.keys(errors).length > 0 ? undefined : <ProblemNote error={error} />;
}
