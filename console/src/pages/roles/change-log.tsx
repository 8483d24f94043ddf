import { List, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { permissionLogQuery } from '../../api/roles.ts';
import { useTenant } from '../../api/session.ts';
import type { AuditEntry } from '../../api/types.ts';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';

type Logged = { readonly role: string; readonly permission: string; readonly granted: boolean };

/** Who changed which permission when. */
export function ChangeLog() {
  const { roles: words } = useTexts();
  const query = useQuery(permissionLogQuery(useTenant()));
  return (
    <Section title={words.log}>
      <Loaded query={query}>
        {(entries) =>
          entries.length === 0 ? (
            <Text size="sm" c="dimmed">
              {words.logNone}
            </Text>
          ) : (
            <Stack gap="md">
              {entries.map((entry) => (
                <Entry key={entry.sequence} entry={entry} />
              ))}
            </Stack>
          )
        }
      </Loaded>
    </Section>
  );
}

function Entry({ entry: { at, actor, details } }: { readonly entry: AuditEntry }) {
  const { roles: words } = useTexts();
  const changes = (details['changes'] ?? []) as readonly Logged[];
  return (
    <div>
      <Text size="sm" fw={600}>
        {actor}{' '}
        <Text span size="sm" c="dimmed" fw={400}>
          <Moment at={at} />
        </Text>
      </Text>
      <List size="sm">
        {changes.map(({ role, permission, granted }) => (
          <List.Item key={`${role} ${permission}`}>
            {(granted ? words.granted : words.revoked)(words.permissions[permission] ?? permission, role)}
          </List.Item>
        ))}
      </List>
    </div>
  );
}
