import { followReview, getReviewStatus, type ProgressEvent, type ServedStatus } from '@/client';

const ASK_AGAIN_MS = 2_000;

export function hasEnded(status: ServedStatus): boolean {
  return status !== 'pending' && status !== 'processing';
}

/**
 * How a review goes on until it ends: live, and by asking where the stream is cut off.
 * A failure to ask is thrown only when nothing has been heard yet.
 */
export async function* progressOf(reviewId: string, signal: AbortSignal): AsyncGenerator<ProgressEvent> {
  let heard = false;
  while (!signal.aborted) {
    const path = { analysis_id: reviewId };
    const { stream } = await followReview({ path, signal, sseMaxRetryAttempts: 1 });
    for await (const event of stream) {
      heard = true;
      yield event;
      if (hasEnded(event.status)) return;
    }
    const event = await asked(reviewId, signal).catch((error) => {
      if (!heard && !signal.aborted) throw error;
    });
    if (event) {
      heard = true;
      yield event;
      if (hasEnded(event.status)) return;
    }
    await pause(ASK_AGAIN_MS, signal);
  }
}

async function asked(reviewId: string, signal: AbortSignal): Promise<ProgressEvent> {
  const { data } = await getReviewStatus({ path: { analysis_id: reviewId }, signal, throwOnError: true });
  return {
    status: data.status,
    step: data.step ?? 'queued',
    progress: data.progress,
    message: '',
    elapsed_ms: Math.max(0, Date.now() - new Date(data.requested_at).getTime()),
    expected_ms: null,
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
