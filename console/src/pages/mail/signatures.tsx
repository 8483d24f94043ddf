import { Button, Group, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { changeMailbox, type ManagedMailbox, managedMailboxesQuery } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { Nothing } from '../day/nothing.tsx';

/** What stands below everything that a mailbox sends. */
export function Signatures() {
  const { mail } = useTexts();
  const query = useQuery(managedMailboxesQuery(useTenant()));
  return (
    <Section title={mail.templates.signatures} hint={mail.templates.signaturesHint}>
      <Loaded query={query}>
        {(mailboxes) =>
          mailboxes.length === 0 ? (
            <Nothing>{mail.templates.noMailboxes}</Nothing>
          ) : (
            <Stack gap="md">
              {mailboxes.map((mailbox) => (
                <Signature key={mailbox.id} mailbox={mailbox} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

function Signature({ mailbox: { id, name, address, rules } }: { readonly mailbox: ManagedMailbox }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [text, setText] = useState(rules.signature);
  const save = useDeed({
    act: async () => await changeMailbox(tenant, id, { rules: { ...rules, signature: text.trimEnd() } }),
    done: () => mail.templates.signatureSaved,
    touches: ['managed-mailboxes', 'mailboxes'],
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate(undefined);
  };
  return (
    <form onSubmit={submit}>
      <Textarea
        label={mail.templates.signatureOf(`${name} <${address}>`)}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        autosize
        minRows={3}
        maxLength={5000}
      />
      {text.trimEnd() !== rules.signature && (
        <Group justify="flex-end" mt="xs">
          <Button type="submit" size="xs" loading={save.isPending}>
            {mail.templates.save}
          </Button>
        </Group>
      )}
    </form>
  );
}
