import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followBatch } from '@/client';
import { getBatchOptions, getBatchQueryKey } from '@/client/@tanstack/react-query.gen';

const MOST_OFTEN_MS = 700;
/** For a connection that lets no stream through. */
const WITHOUT_STREAM_MS = 5_000;

/** A bulk upload that stays up to date while its files are read. */
export function useLiveBatch(batchId: string) {
  const client = useQueryClient();
  const query = useQuery({
    ...getBatchOptions({ path: { batch_id: batchId } }),
    refetchInterval: ({ state }) => (state.data?.status === 'processing' ? WITHOUT_STREAM_MS : false),
  });
  const running = query.data?.status === 'processing';

  useEffect(() => {
    if (!running) return;
    const control = new AbortController();
    let planned: ReturnType<typeof setTimeout> | undefined;
    const look = () =>
      client.invalidateQueries({ queryKey: getBatchQueryKey({ path: { batch_id: batchId } }) });

    async function follow() {
      const { stream } = await followBatch({
        path: { batch_id: batchId },
        signal: control.signal,
        sseMaxRetryAttempts: 3,
      });
      // Three hundred files tell of themselves in a few seconds.
      for await (const _ of stream) {
        planned ??= setTimeout(() => {
          planned = undefined;
          look();
        }, MOST_OFTEN_MS);
      }
      if (!control.signal.aborted) look();
    }
    follow();
    return () => {
      control.abort();
      clearTimeout(planned);
    };
  }, [running, batchId, client]);

  return query;
}
