import { SimpleGrid, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { crmStatusQuery, workQuery } from '../../api/operations.ts';
import { useTenant } from '../../api/session.ts';
import type { CrmStatus, WorkStatus } from '../../api/types.ts';
import { HourlyChart } from '../../kit/charts/hourly-chart.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { ToneIcon } from '../../kit/state-badge.tsx';
import { VerdictNote } from '../../kit/verdict-note.tsx';
import { useTexts } from '../../texts/index.ts';
import { Budget } from './budget.tsx';
import { Mirror } from './mirror.tsx';
import { Tiles } from './tiles.tsx';
import { judge } from './verdict.ts';

/** Whether all is well, readable in ten seconds: one verdict, four tiles, then the details. */
export function StatusPage() {
  const { operations } = useTexts();
  const tenant = useTenant();
  const crm = useQuery(crmStatusQuery(tenant));
  const work = useQuery(workQuery(tenant));
  return (
    <Page title={operations.title} intro={operations.intro}>
      <Loaded query={crm} skeleton={<Skeletons />}>
        {(status) => (
          <Loaded query={work} skeleton={<Skeletons />}>
            {(jobs) => <Overview crm={status} work={jobs} />}
          </Loaded>
        )}
      </Loaded>
    </Page>
  );
}

function Overview({ crm, work }: { readonly crm: CrmStatus; readonly work: WorkStatus }) {
  const { operations } = useTexts();
  const tone = judge(crm, work);
  return (
    <>
      <VerdictNote verdict={tone} icon={<ToneIcon tone={tone} size={26} />} title={operations.verdicts[tone]} isLarge />
      <Tiles crm={crm} work={work} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <Section title={operations.traffic}>
          {work.hours.length === 0 ? (
            <Text size="sm" c="dimmed">
              {operations.trafficNone}
            </Text>
          ) : (
            <HourlyChart hours={work.hours} />
          )}
        </Section>
        {crm.session !== undefined && <Budget session={crm.session} />}
      </SimpleGrid>
      <Mirror crm={crm} />
    </>
  );
}

function Skeletons() {
  return (
    <>
      <Skeleton height={58} radius="md" mb="lg" />
      <SimpleGrid cols={{ base: 1, xs: 2, lg: 4 }} spacing="md">
        {[1, 2, 3, 4].map((one) => (
          <Skeleton key={one} height={132} radius="md" />
        ))}
      </SimpleGrid>
    </>
  );
}
