import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { workQuery } from '../../api/operations.ts';
import { useTenant } from '../../api/session.ts';
import type { Job } from '../../api/types.ts';
import { DataTable } from '../../kit/data-table.tsx';
import { Moment } from '../../kit/moment.tsx';
import { StateBadge, type Tone } from '../../kit/state-badge.tsx';
import { useTexts } from '../../texts/index.ts';

const tones: Readonly<Record<Job['state'], Tone>> = {
  running: 'ok',
  waiting: 'waiting',
  retrying: 'warning',
  scheduled: 'off',
};

export function JobTable({ rows }: { readonly rows: readonly Job[] }) {
  const { jobs } = useTexts().operations;
  const { columns } = jobs;
  const { data: work } = useQuery(workQuery(useTenant()));
  const nameOf = (owner: string) =>
    owner === 'core' ? jobs.hub : (work?.plugins.find(({ id }) => id === owner)?.name ?? owner);
  return (
    <DataTable
      caption={jobs.list}
      rows={rows}
      idOf={({ id }) => id}
      columns={[
        { id: 'state', title: columns.state, cell: (job) => <State job={job} /> },
        {
          id: 'job',
          title: columns.job,
          cell: ({ type, owner }) => (
            <div>
              <Text size="sm" fw={600} className="break">
                {type}
              </Text>
              <Text size="xs" c="dimmed">
                {nameOf(owner)}
              </Text>
            </div>
          ),
        },
        { id: 'when', title: columns.when, cell: (job) => <When job={job} /> },
        {
          id: 'attempts',
          title: columns.attempts,
          cell: ({ attempts, maxAttempts }) => <span className="nowrap">{jobs.attempts(attempts, maxAttempts)}</span>,
        },
        { id: 'error', title: columns.error, isWide: true, cell: (job) => <LastError job={job} /> },
      ]}
    />
  );
}

function State({ job: { state, isPaused } }: { readonly job: Job }) {
  const { jobs } = useTexts().operations;
  if (isPaused && state !== 'running') return <StateBadge tone="paused">{jobs.paused}</StateBadge>;
  return <StateBadge tone={tones[state]}>{jobs.states[state]}</StateBadge>;
}

/** A job that runs: since when; one that waits: since when it is due; the others: when their time comes. */
function When({ job: { state, startedAt, runAt } }: { readonly job: Job }) {
  const { jobs } = useTexts().operations;
  return (
    <div className="nowrap">
      <Moment at={startedAt ?? runAt} />
      <Text size="xs" c="dimmed">
        {jobs.when[state]}
      </Text>
    </div>
  );
}

function LastError({ job: { errorMessage, remedy } }: { readonly job: Job }) {
  const { common } = useTexts();
  if (errorMessage === null) return undefined;
  return (
    <div className="break">
      <Text size="sm">{errorMessage}</Text>
      {remedy !== null && (
        <Text size="sm" c="dimmed">
          {common.problem.remedy}: {remedy}
        </Text>
      )}
    </div>
  );
}
