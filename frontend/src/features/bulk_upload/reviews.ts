import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query';
import { useUser } from '@/app/session';
import {
  type BatchResponse,
  type ListReviewsData,
  listReviews,
  type ReviewItem,
  type ReviewList,
} from '@/client';

const PAGE = 50;
const MOST_PAGES = 8;
const AGAIN_MS = 3_000;
const NONE: ReadonlyMap<string, ReviewItem> = new Map();
const key = (batchId: string) => ['batch-reviews', batchId];

export function isRunning(review: ReviewItem | undefined): boolean {
  return review?.status === 'pending' || review?.status === 'processing';
}

/** The newest review of every resume of a bulk upload that its owner asked for, by resume. */
export function useBatchReviews(batch: BatchResponse): ReadonlyMap<string, ReviewItem> {
  const user = useUser();
  const resumes = new Set(batch.items.map((item) => item.resume_id).filter((id) => id !== null));
  const begun = batch.items.filter((item) => item.analysis_id !== null).length;
  const query = useQuery({
    queryKey: [...key(batch.batch_id), begun],
    enabled: resumes.size > 0,
    queryFn: () => newest(resumes, { reviewer: user.id, from: batch.created_at.slice(0, 10) }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      [...(state.data?.values() ?? [])].some(isRunning) || begun > (state.data?.size ?? 0) ? AGAIN_MS : false,
  });
  return query.data ?? NONE;
}

export function useLookAgain(batchId: string): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: key(batchId) });
}

type Wanted = ListReviewsData['query'];
type Range = { reviewer: string; from: string };

async function newest(
  resumes: ReadonlySet<string>,
  { reviewer, from }: Range,
): Promise<ReadonlyMap<string, ReviewItem>> {
  const found = new Map<string, ReviewItem>();
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && found.size < resumes.size; page += 1) {
    const data: ReviewList = await pageOf({ reviewer, from_date: from, page_size: PAGE, cursor });
    for (const review of data.analyses) {
      if (resumes.has(review.resume_id) && !found.has(review.resume_id)) found.set(review.resume_id, review);
    }
    cursor = data.next_cursor;
    if (!cursor) break;
  }
  return found;
}

async function pageOf(query: Wanted): Promise<ReviewList> {
  return (await listReviews({ query, throwOnError: true })).data;
}
