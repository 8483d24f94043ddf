import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { IconMailCheck, IconMailOff, IconRefresh } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { type Aside, asideLink, type AsideMail, asideQuery, readAgain } from '../../api/mail-work.ts';
import { useTenant } from '../../api/session.ts';
import { ActionButton } from '../../kit/action-button.tsx';
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
  const again = useReadAgain();
  if (aside === null) return <Empty icon={IconMailOff} title={mail.noMail} hint={mail.noMailHint} />;
  if (aside.mails.length === 0)
    return <Empty icon={IconMailCheck} title={mail.aside.none} hint={mail.aside.noneHint} />;
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
  const { texts, language } = useSpeech();
  const { mail } = texts;
  const tenant = useTenant();
  const again = useReadAgain();
  const { id, subject, from, mailbox, receivedAt, bytes, problem, mayRead } = one;
  const title = mayRead ? subject || mail.aside.unknown : mail.aside.ofOther;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={600} component="h3" className="break">
        {title}
      </Text>
      <Text size="xs" c="dimmed" component="div" className="break">
        {from !== '' && `${from} · `}
        {mail.aside.facts(mailbox || mail.aside.gone, sizeOf(bytes, language))} · <Moment at={receivedAt} />
      </Text>
      <Text size="sm" className="mail-warning break">
        {problem}
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
        {mayRead && (
          <Anchor href={asideLink(tenant, id)} download size="xs" c="dimmed" underline="always">
            {mail.source}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}

function sizeOf(bytes: number, language: string): string {
  return new Intl.NumberFormat(language, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(
    Math.max(1, bytes / 1000),
  );
}
