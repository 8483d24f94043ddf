import { QueryClient } from '@tanstack/react-query';
import { Problem, UNREACHABLE } from '../api/client.ts';

const mostTries = 2;

export function createQueries(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5000,
        // What the hub refuses stays refused; what did not reach it, or failed there, may work the next time.
        retry: (tries, error) => tries < mostTries && (!(error instanceof Problem) || isPassing(error.status)),
      },
    },
  });
}

const isPassing = (status: number): boolean => status === UNREACHABLE || status >= 500;
