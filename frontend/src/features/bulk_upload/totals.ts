import type { BatchTotals } from '@/client';

/** The same with a number for every state; the server leaves none out, though it may. */
export function whole(totals: BatchTotals): Required<BatchTotals> {
  const none = { pending: 0, processing: 0, waiting: 0, completed: 0, skipped: 0, error: 0, cancelled: 0 };
  return { ...none, ...totals };
}
