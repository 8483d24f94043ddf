import { IconLogin2 } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { type SignIn, signInsPage } from '../../api/security.ts';
import { useTenant } from '../../api/session.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Moment } from '../../kit/moment.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Section } from '../../kit/section.tsx';
import { StateBadge } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';
import { deviceOf } from './device.ts';

const PAGE_SIZE = 50;

/** Who signed in, and who was turned away for what. */
export function History() {
  const { security } = useTexts();
  const tenant = useTenant();
  const query = useInfiniteQuery({
    queryKey: ['sign-ins', tenant],
    queryFn: async ({ pageParam, signal }) => await signInsPage(tenant, pageParam, signal),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (page: readonly SignIn[]) => (page.length < PAGE_SIZE ? undefined : page.at(-1)?.id),
  });
  const { historyColumns: columns } = security;
  return (
    <Section title={security.history}>
      <Loaded query={query}>
        {({ pages }) => {
          const rows = pages.flat();
          if (rows.length === 0) return <Empty icon={IconLogin2} title={security.historyNone} hint={security.intro} />;
          return (
            <>
              <DataTable
                caption={security.history}
                rows={rows}
                idOf={({ id }) => String(id)}
                columns={[
                  { id: 'at', title: columns.at, cell: ({ at }) => <Moment at={at} /> },
                  {
                    id: 'who',
                    title: columns.who,
                    cell: ({ email }) => <span className="break">{email ?? security.nobody}</span>,
                  },
                  { id: 'result', title: columns.result, cell: ({ result }) => <Result result={result} /> },
                  {
                    id: 'device',
                    title: security.sessionColumns.device,
                    cell: ({ userAgent }) => deviceOf(userAgent, security),
                  },
                  {
                    id: 'address',
                    title: columns.address,
                    cell: ({ address }) => <span className="break">{address}</span>,
                  },
                ]}
              />
              <MoreButton query={query} />
            </>
          );
        }}
      </Loaded>
    </Section>
  );
}

function Result({ result }: Pick<SignIn, 'result'>) {
  const { security, signIn } = useTexts();
  if (result === 'signed-in') return <StateBadge tone="ok">{security.signedIn}</StateBadge>;
  return <StateBadge tone="warning">{signIn.refusals[result]?.[0] ?? result}</StateBadge>;
}
