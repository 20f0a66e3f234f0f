import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api';

const WAIT_MS = 1_000;
const MOST_TRIES = 2;

/** Only what may pass by itself is asked again: a server that is not reached or says that it is busy. */
export function mayPass(error: unknown): boolean {
  return error instanceof ApiError && (error.offline || error.status === 503 || error.status === 429);
}

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < MOST_TRIES && mayPass(error),
      retryDelay: (count) => WAIT_MS * 2 ** count,
    },
    mutations: { networkMode: 'always' },
  },
});
