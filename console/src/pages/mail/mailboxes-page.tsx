import { Anchor } from '@mantine/core';
import { IconMail, IconMailOff, IconMailPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Problem } from '../../api/client.ts';
import { type ManagedMailbox, managedMailboxesQuery, ownersQuery } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { MailboxLine } from './mailbox-line.tsx';
import { NewMailbox } from './new-mailbox.tsx';
import { MailViews } from './views.tsx';

/** Somebody may be entering a password elsewhere, or signing in. */
const POLL_MS = 10_000;

/** The mailboxes of the workspace, for who manages plugins. */
export function MailboxesPage() {
  const { mail, mailboxes } = useTexts();
  const tenant = useTenant();
  const query = useQuery({
    ...managedMailboxesQuery(tenant),
    retry: (tries, error) => tries < 3 && !isOff(error),
    refetchInterval: POLL_MS,
  });
  return (
    <Page
      title={mailboxes.title}
      intro={mailboxes.intro}
      actions={
        <Anchor
          size="sm"
          renderRoot={(props) => <Link {...props} to="/$tenant/plugins/$plugin" params={{ tenant, plugin: 'mail' }} />}
        >
          {mailboxes.toSettings}
        </Anchor>
      }
    >
      <MailViews />
      {isOff(query.error) ? (
        <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />
      ) : (
        <Loaded query={query}>{(all) => <Mailboxes all={all} />}</Loaded>
      )}
    </Page>
  );
}

const isOff = (error: unknown): boolean => error instanceof Problem && error.status === 404;

function Mailboxes({ all }: { readonly all: readonly ManagedMailbox[] }) {
  const { mailboxes } = useTexts();
  const { data: owners = [] } = useQuery(ownersQuery(useTenant()));
  const [isAdding, setAdding] = useState(false);
  const [added, setAdded] = useState<string>();
  return (
    <>
      {isAdding && (
        <NewMailbox
          onAdded={({ id }) => {
            setAdded(id);
            setAdding(false);
          }}
          onClose={() => setAdding(false)}
        />
      )}
      <Section
        title={mailboxes.list}
        actions={
          !isAdding && (
            <ActionButton icon={IconMailPlus} isBusy={false} isMain onAct={() => setAdding(true)}>
              {mailboxes.add}
            </ActionButton>
          )
        }
      >
        {all.length === 0 && <Empty icon={IconMail} title={mailboxes.none} hint={mailboxes.noneHint} />}
        <ul className="entry-list">
          {all.map((mailbox) => (
            <li key={mailbox.id}>
              <MailboxLine
                mailbox={mailbox}
                owner={owners.find(({ id }) => id === mailbox.ownerId)?.name}
                asksForSignIn={mailbox.id === added && mailbox.auth !== 'password'}
              />
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
