import { Button, Group, Stack, Text } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';
import type { Mailbox } from '../../api/mail.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { emptyDraft } from './draft.ts';
import { lookedAt } from './errors.ts';
import { MailFields } from './mail-fields.tsx';
import { chosenMailbox } from './mailbox-field.tsx';
import type { DraftHandle } from './use-draft.ts';

interface GroupFormProps {
  readonly count: number;
  readonly handle: DraftHandle;
  readonly mailboxes: readonly Mailbox[];
  readonly onCheck: () => void;
}

/** The text that everybody gets, with fields that are filled in for each case. */
export function GroupForm({ count, handle, mailboxes, onCheck }: GroupFormProps) {
  const texts = useTexts();
  const { mail } = texts;
  const [hasTried, setTried] = useState(false);
  const draft = handle.draft ?? emptyDraft('');
  const submit = () => {
    setTried(true);
    if (Object.keys(lookedAt(draft, texts, true)).length > 0) return;
    // The mailbox is said and not left to the hub: what is checked is what is sent.
    handle.change({ mailboxId: chosenMailbox(mailboxes, draft.mailboxId)?.id });
    onCheck();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    submit();
  };
  return (
    <Section title={mail.write} isTitleHidden>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
        onKeyDown={onKeyDown}
      >
        <Stack gap="sm">
          <Text size="sm" fw={600}>
            {mail.group.cases(count)}
          </Text>
          <MailFields
            draft={draft}
            handle={handle}
            mailboxes={mailboxes}
            errors={hasTried ? lookedAt(draft, texts, true) : {}}
          />
          <Group justify="space-between" gap="xs">
            <Text size="xs" c="dimmed">
              {mail.kept}
            </Text>
            <Group gap="xs">
              <Button variant="subtle" color="gray" size="xs" onClick={handle.discard}>
                {mail.discard}
              </Button>
              <Button type="submit" size="xs">
                {mail.group.check}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
