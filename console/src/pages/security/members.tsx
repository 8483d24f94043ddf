import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { signOutMember, type TwoFactor, twoFactorQuery } from '../../api/security.ts';
import { useTenant } from '../../api/session.ts';
import { Confirm } from '../../kit/confirm.tsx';
import { DataTable } from '../../kit/data-table.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { Section } from '../../kit/section.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useDeed } from '../../kit/use-deed.ts';
import { useTexts } from '../../texts/index.ts';

type Member = TwoFactor['members'][number];

/** Every member with the second factor as last seen. */
export function Members() {
  const { security, common } = useTexts();
  const tenant = useTenant();
  const query = useQuery(twoFactorQuery(tenant));
  const [leaving, setLeaving] = useState<Member>();
  const { memberColumns: columns } = security;
  const end = useDeed({
    act: (member: Member) => signOutMember(tenant, member.memberId),
    done: ({ count }) => security.signedOut(count),
    touches: ['own-sessions'],
    onDone: () => setLeaving(undefined),
    isQuiet: true,
  });
  return (
    <Section title={security.members} hint={security.membersHint}>
      <Loaded query={query}>
        {({ members }) => (
          <DataTable
            caption={security.members}
            rows={members}
            idOf={({ memberId }) => memberId}
            columns={[
              {
                id: 'name',
                title: columns.name,
                cell: ({ name, email }) => <span className="break">{name || email}</span>,
              },
              { id: 'role', title: columns.role, cell: ({ role }) => role },
              { id: 'factor', title: columns.twoFactor, cell: ({ state }) => <Factor state={state} /> },
              {
                id: 'seen',
                title: columns.lastSignIn,
                cell: ({ seenAt }) => (seenAt === null ? common.never : <Moment at={seenAt} />),
              },
              {
                id: 'out',
                title: security.sessions,
                cell: (member) => (
                  <Button size="compact-xs" variant="default" onClick={() => setLeaving(member)}>
                    {security.signOutEverywhere}
                    <span className="visually-hidden">: {member.name}</span>
                  </Button>
                ),
              },
            ]}
          />
        )}
      </Loaded>
      {leaving !== undefined && (
        <Confirm
          title={security.endTitle(leaving.name)}
          text={security.endText}
          deed={security.signOutEverywhere}
          isGrave
          isBusy={end.isPending}
          error={end.error}
          onConfirm={() => end.mutate(leaving)}
          onClose={() => setLeaving(undefined)}
        />
      )}
    </Section>
  );
}

function Factor({ state }: Pick<Member, 'state'>) {
  const { security } = useTexts();
  if (state === 'on') return <StateBadge tone="ok">{security.has}</StateBadge>;
  return (
    <StateBadge tone={state === 'off' ? 'warning' : 'off'}>
      {state === 'off' ? security.hasNot : security.unknown}
    </StateBadge>
  );
}
