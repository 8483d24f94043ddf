import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconMailCheck, IconMailOff, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import {
  type Aside,
  asideLink,
  type AsideMail,
  asideQuery,
  discardAside,
  readAgain,
  restoreAside,
} from '../../api/mail-work.ts';
import { useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
import { Confirm } from '../../kit/confirm.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useSpeech, useTexts } from '../../texts/index.ts';
import { MailViews } from './views.tsx';

/** Mails that nobody could read yet, and what can be done with them. */
export function AsidePage() {
  const { mail } = useTexts();
  const query = useQuery(asideQuery(useTenant()));
  return (
    <Page title={mail.aside.title} intro={mail.aside.intro}>
      <MailViews />
      <Loaded query={query}>{(aside) => <List aside={aside} />}</Loaded>
    </Page>
  );
}

function List({ aside }: { readonly aside: Aside | null }) {
  const { mail } = useTexts();
  if (aside === null) return <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />;
  return (
    <>
      {aside.mails.length === 0 ? (
        <Empty icon={IconMailCheck} title={mail.aside.none} hint={mail.aside.noneHint} />
      ) : (
        <Waiting aside={aside} />
      )}
      {aside.discarded.length > 0 && (
        <Section title={mail.aside.discarded} hint={mail.aside.discardedHint}>
          <ul className="mail-thread">
            {aside.discarded.map((one) => (
              <li key={one.id} className="mail-item">
                <Discarded one={one} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

function Waiting({ aside }: { readonly aside: Aside }) {
  const { mail } = useTexts();
  const again = useReadAgain();
  return (
    <Section
      title={mail.aside.title}
      actions={
        aside.mayRetryAll && (
          <ActionButton icon={IconRefresh} isBusy={again.isPending} onAct={() => again.mutate(undefined)}>
            {mail.aside.allAgain}
          </ActionButton>
        )
      }
    >
      <ul className="mail-thread">
        {aside.mails.map((one) => (
          <li key={one.id} className="mail-item">
            <One one={one} mayRetry={one.mayRead || aside.mayRetryAll} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

function useReadAgain() {
  const { mail } = useTexts();
  const tenant = useTenant();
  return useDeed({
    act: (id: string | undefined) => readAgain(tenant, id),
    done: () => mail.aside.tried,
    touches: ['mail-aside'],
  });
}

function One({ one, mayRetry }: { readonly one: AsideMail; readonly mayRetry: boolean }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const again = useReadAgain();
  const { id, problem, problemCode, mayRead, mayDiscard } = one;
  const title = useTitle(one);
  return (
    <Stack gap={6}>
      <Head one={one} />
      <Text size="sm" className="mail-warning break">
        {mail.aside.problems[problemCode] ?? problem}
      </Text>
      <Group gap="sm">
        {mayRetry && (
          <Button
            size="compact-sm"
            variant="default"
            loading={again.isPending}
            onClick={() => again.mutate(id)}
            aria-label={`${mail.aside.again}: ${title}`}
          >
            {mail.aside.again}
          </Button>
        )}
        {mayDiscard && <Discard id={id} title={title} />}
        {mayRead && (
          <Anchor href={asideLink(tenant, id)} download size="xs" c="dimmed" underline="always">
            {mail.source}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}

function useTitle({ mayRead, subject }: AsideMail): string {
  const { mail } = useTexts();
  return mayRead ? subject || mail.aside.unknown : mail.aside.ofOther;
}

function Head({ one }: { readonly one: AsideMail }) {
  const { texts, language } = useSpeech();
  const { aside } = texts.mail;
  const { from, mailbox, bytes, receivedAt } = one;
  return (
    <>
      <Text size="sm" fw={600} component="h3" className="break">
        {useTitle(one)}
      </Text>
      <Text size="xs" c="dimmed" component="div" className="break">
        {from !== '' && `${from} · `}
        {aside.facts(mailbox || aside.gone, sizeOf(bytes, language))} · <Moment at={receivedAt} />
      </Text>
    </>
  );
}

/** Asks why; what was done by mistake can be taken back below. */
function Discard({ id, title }: { readonly id: string; readonly title: string }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const [isAsking, setAsking] = useState(false);
  const discard = useDeed({
    act: async (reason: string) => await discardAside(tenant, id, reason),
    done: () => mail.aside.discardDone,
    touches: ['mail-aside', 'mailboxes'],
    onDone: () => setAsking(false),
    isQuiet: true,
  });
  return (
    <>
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => setAsking(true)}
        aria-label={`${mail.aside.discard}: ${title}`}
      >
        {mail.aside.discard}
      </Button>
      {isAsking && (
        <Confirm
          title={mail.aside.discardTitle}
          text={mail.aside.discardText}
          deed={mail.aside.discard}
          asksReason={{ hint: mail.aside.discardReason }}
          isBusy={discard.isPending}
          error={discard.error}
          onConfirm={(reason) => discard.mutate(reason)}
          onClose={() => setAsking(false)}
        />
      )}
    </>
  );
}

function Discarded({ one }: { readonly one: AsideMail }) {
  const { mail } = useTexts();
  const tenant = useTenant();
  const title = useTitle(one);
  const restore = useDeed({
    act: async () => await restoreAside(tenant, one.id),
    done: () => mail.aside.restored,
    touches: ['mail-aside', 'mailboxes'],
  });
  return (
    <Stack gap={6}>
      <Head one={one} />
      {one.discarded !== null && (
        <Text size="sm" component="div" className="break">
          {mail.aside.discardedBy(one.discarded.by, one.discarded.reason)} · {mail.aside.keptUntil}{' '}
          <Moment at={one.discarded.until} />
        </Text>
      )}
      {one.mayDiscard && (
        <Group gap="sm">
          <Button
            size="compact-sm"
            variant="default"
            loading={restore.isPending}
            onClick={() => restore.mutate()}
            aria-label={`${mail.aside.restore}: ${title}`}
          >
            {mail.aside.restore}
          </Button>
        </Group>
      )}
    </Stack>
  );
}

function sizeOf(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
    Math.max(1, bytes / 1000),
  );
}
