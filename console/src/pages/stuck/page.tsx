import { Tabs } from '@mantine/core';
import { IconMoodCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { deadLettersQuery, parkedQuery } from '../../api/operations.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { DeadLetters } from './dead-letters.tsx';
import { ParkedWrites } from './parked-writes.tsx';

/** What gave up and waits for a person: jobs, and writes that Twenty refused. */
export function StuckPage() {
  const { stuck } = useTexts().deliveries;
  const tenant = useTenant();
  const jobs = useQuery(deadLettersQuery(tenant));
  const writes = useQuery(parkedQuery(tenant));
  const nothing = <Empty icon={IconMoodCheck} title={stuck.none} hint={stuck.noneHint} />;
  return (
    <Page title={stuck.title} intro={stuck.intro}>
      <Section title={stuck.title} isTitleHidden>
        <Tabs defaultValue="jobs" keepMounted={false}>
          <Tabs.List mb="md">
            <Tabs.Tab value="jobs">{counted(stuck.jobs, jobs.data?.total)}</Tabs.Tab>
            <Tabs.Tab value="writes">{counted(stuck.writes, writes.data?.length)}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="jobs">
            <Loaded query={jobs}>
              {({ deadLetters, total }) =>
                total === 0 ? nothing : <DeadLetters letters={deadLetters} total={total} />
              }
            </Loaded>
          </Tabs.Panel>
          <Tabs.Panel value="writes">
            <Loaded query={writes}>
              {(parked) => (parked.length === 0 ? nothing : <ParkedWrites parked={parked} />)}
            </Loaded>
          </Tabs.Panel>
        </Tabs>
      </Section>
    </Page>
  );
}

const counted = (title: string, count: number | undefined): string =>
  count === undefined ? title : `${title} (${count})`;
