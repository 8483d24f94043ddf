import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Problem } from '../api/client.ts';
import { useTexts } from '../texts/index.ts';
import { ProblemNote } from './problem-note.tsx';

interface LoadedProps<T> {
  readonly query: UseQueryResult<T>;
  /** Drawn until the first answer; in the shape of what comes, so that nothing jumps. */
  readonly skeleton?: ReactNode;
  readonly children: (data: T) => ReactNode;
}

/**
 * A query as a person sees it: a skeleton, a problem with its remedy, or the answer. An answer that is there stays while it is asked anew, until the
 * hub says that this person may not see it any more.
 */
export function Loaded<T>({ query, skeleton = <Lines />, children }: LoadedProps<T>) {
  const { common } = useTexts();
  const isRefused = query.error instanceof Problem && query.error.status === 403;
  if (query.data !== undefined && !isRefused) return children(query.data);
  if (query.isError) return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  return (
    <div role="status" aria-label={common.loading}>
      {skeleton}
    </div>
  );
}

export function Lines({ count = 6, height = 34 }: { readonly count?: number; readonly height?: number }) {
  return (
    <Stack gap="sm" aria-hidden>
      {Array.from({ length: count }, (_, index) => (
        <Skeleton key={index} height={height} radius="sm" />
      ))}
    </Stack>
  );
}
