import { Anchor, Button, Select, SimpleGrid } from '@mantine/core';
import { IconFilterOff, IconListCheck } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { isJobState, type JobFilter, jobsQuery, jobStates, workQuery } from '../../api/operations.ts';
import { useTenant } from '../../api/session.ts';
import { Empty } from '../../kit/empty.tsx';
import { Loaded } from '../../kit/loaded.tsx';
import { MoreButton } from '../../kit/more-button.tsx';
import { Page } from '../../kit/page.tsx';
import { Section } from '../../kit/section.tsx';
import { useTexts } from '../../texts/index.ts';
import { JobTable } from './job-table.tsx';
import { Lanes } from './lanes.tsx';

/** What is under way: waits, runs, is tried again, is set for later. The filter is in the address, so that a link shows the same jobs. */
export function JobsPage() {
  const { operations, deliveries } = useTexts();
  const { jobs } = operations;
  const tenant = useTenant();
  const filter = useSearch({ from: '/$tenant/jobs' });
  const navigate = useNavigate({ from: '/$tenant/jobs' });
  const query = useInfiniteQuery(jobsQuery(tenant, filter));
  const isFiltered = Object.keys(filter).length > 0;
  return (
    <Page title={jobs.title} intro={jobs.intro}>
      {!query.isError && <Lanes lanes={query.data?.pages[0]?.lanes} />}
      <Section
        title={jobs.list}
        actions={
          <Anchor size="sm" renderRoot={(props) => <Link {...props} to="/$tenant/stuck" params={{ tenant }} />}>
            {jobs.gaveUp}
          </Anchor>
        }
      >
        <Filters filter={filter} onChange={(search) => void navigate({ search, replace: true })} />
        <Loaded query={query}>
          {({ pages }) => {
            const rows = pages.flatMap((page) => page.jobs);
            if (rows.length === 0 && isFiltered) {
              return (
                <Empty icon={IconFilterOff} title={deliveries.noMatch} hint={jobs.noMatchHint}>
                  <Button variant="default" size="xs" onClick={() => void navigate({ search: {}, replace: true })}>
                    {deliveries.clear}
                  </Button>
                </Empty>
              );
            }
            if (rows.length === 0) return <Empty icon={IconListCheck} title={jobs.none} hint={jobs.noneHint} />;
            return (
              <>
                <JobTable rows={rows} />
                <MoreButton query={query} />
              </>
            );
          }}
        </Loaded>
      </Section>
    </Page>
  );
}

interface FiltersProps {
  readonly filter: JobFilter;
  readonly onChange: (filter: JobFilter) => void;
}

function Filters({ filter: { state, plugin }, onChange }: FiltersProps) {
  const { operations, deliveries, common } = useTexts();
  const { jobs } = operations;
  const { data } = useQuery(workQuery(useTenant()));
  const plugins = (data?.plugins ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const choice = { placeholder: common.all, clearable: true } as const;
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm" role="search">
      <Select
        label={jobs.columns.state}
        data={jobStates.map((value) => ({ value, label: jobs.states[value] }))}
        value={state ?? null}
        onChange={(value) =>
          onChange({ ...(isJobState(value) ? { state: value } : {}), ...(plugin === undefined ? {} : { plugin }) })
        }
        {...choice}
      />
      <Select
        label={deliveries.plugin}
        data={[...plugins, { value: 'core', label: jobs.hub }]}
        value={plugin ?? null}
        onChange={(value) =>
          onChange({ ...(state === undefined ? {} : { state }), ...(value === null ? {} : { plugin: value }) })
        }
        {...choice}
      />
    </SimpleGrid>
  );
}
