import { useQueries } from '@tanstack/react-query';
import { ownSessionsQuery, policyQuery, twoFactorQuery } from '../../api/security.ts';
import { useTenant } from '../../api/session.ts';
import { Lines } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { PolicySection } from './policy.tsx';
import { Sessions } from './sessions.tsx';

/** How people get in, who did, and who is in. What stands above something else comes together with it, so that nothing is pushed down. */
export function SecurityPage() {
  const { security } = useTexts();
  const tenant = useTenant();
  const isComing = useQueries({
    queries: [policyQuery(tenant), twoFactorQuery(tenant), ownSessionsQuery(tenant)],
    combine: (answers) => answers.some(({ isPending }) => isPending),
  });
  return (
    <Page title={security.title} intro={security.intro}>
      {isComing ? (
        <Lines count={9} height={62} />
      ) : (
        <>
          <PolicySection />
          <Members />
          <Sessions />
          <History />
        </>
      )}
    </Page>
  );
}
