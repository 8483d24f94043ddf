import { Badge, Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { endOwnSession, ownSessionsQuery } from '../../api/security.ts';
import { useTenant } from '../../api/session.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';
import { deviceOf } from './device.ts';

/** Where the member is signed in. */
export function Sessions() {
  const { security } = useTexts();
  const tenant = useTenant();
  const query = useQuery(ownSessionsQuery(tenant));
  const { sessionColumns: columns } = security;
  const end = useDeed({
    act: (id: string) => endOwnSession(tenant, id),
    done: () => security.ended,
    touches: ['own-sessions'],
  });
  return (
    <Section title={security.ownSessions} hint={security.sessionsHint}>
      <Loaded query={query}>
        {(sessions) => (
          <DataTable
            caption={security.ownSessions}
            rows={sessions}
            idOf={({ id }) => id}
            columns={[
              { id: 'device', title: columns.device, cell: ({ userAgent }) => deviceOf(userAgent, security) },
              {
                id: 'address',
                title: columns.address,
                cell: ({ address }) => <span className="break">{address}</span>,
              },
              { id: 'since', title: columns.since, cell: ({ createdAt }) => <Moment at={createdAt} /> },
              { id: 'seen', title: columns.seen, cell: ({ seenAt }) => <Moment at={seenAt} /> },
              {
                id: 'end',
                title: security.end,
                cell: ({ id, isCurrent }) =>
                  isCurrent ? (
                    <Badge variant="light" tt="none">
                      {security.here}
                    </Badge>
                  ) : (
                    <Button size="compact-xs" variant="default" onClick={() => end.mutate(id)}>
                      {security.end}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Section>
  );
}
