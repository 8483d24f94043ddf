import { Page } from '../../kit/page.tsx';
import { useTexts } from '../../texts/index.ts';
import { History } from './history.tsx';
import { Members } from './members.tsx';
import { PolicySection } from './policy.tsx';
import { Sessions } from './sessions.tsx';

/** How people get in, who did, and who is in. */
export function SecurityPage() {
  const { security } = useTexts();
  return (
    <Page title={security.title} intro={security.intro}>
      <PolicySection />
      <Members />
      <Sessions />
      <History />
    </Page>
  );
}
