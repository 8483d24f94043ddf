import { Button, Group, Text } from '@mantine/core';
import { IconMail } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { managedMailboxesQuery } from '../../api/mailboxes.ts';
import { useTenant } from '../../api/session.ts';
import type { Plugin } from '../../api/types.ts';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

/** From the plugin to the mailboxes, which are added one by one. */
export function MailGuide({ plugin }: { readonly plugin: Plugin }) {
  const { guide } = useTexts().mailboxes;
  const tenant = useTenant();
  const isOff = plugin.state === 'disabled';
  const { data } = useQuery({ ...managedMailboxesQuery(tenant), enabled: !isOff });
  return (
    <Section title={guide.title} hint={guide.text}>
      <Group gap="sm">
        {isOff ? (
          <Text size="sm">{guide.enableFirst}</Text>
        ) : (
          <Button
            variant="default"
            size="xs"
            leftSection={<IconMail size={15} aria-hidden />}
            renderRoot={(props) => <Link {...props} to="/$tenant/mail/mailboxes" params={{ tenant }} />}
          >
            {guide.open}
          </Button>
        )}
        {data !== undefined && (
          <Text size="sm" c="dimmed">
            {guide.count(data.length)}
          </Text>
        )}
      </Group>
    </Section>
  );
}
