import type { ReviewItem } from '@/client';

const DAY_MS = 86_400_000;
const WEEK_DAYS = 7;

export type Queue = { running: ReviewItem[]; failed: ReviewItem[]; doneToday: ReviewItem[] };

/** The first day a queue asks the server for, as a UTC day. */
export function queueStart(now: Date): string {
  return new Date(now.getTime() - WEEK_DAYS * DAY_MS).toISOString().slice(0, 10);
}

/** The first of the month, as a UTC day. */
export function monthStart(now: Date): string {
  return `${now.toISOString().slice(0, 7)}-01`;
}

/** What runs, what failed in the last days and was not asked for again, and what ended since midnight here. */
export function queueOf(reviews: ReviewItem[], now: Date): Queue {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const newest = new Map<string, ReviewItem>();
  const about = ({ resume_id, industry, review_type }: ReviewItem) =>
    [resume_id, industry, review_type].join();
  for (const review of reviews) if (!newest.has(about(review))) newest.set(about(review), review);
  return {
    running: reviews.filter(({ status }) => status === 'pending' || status === 'processing'),
    failed: [...newest.values()].filter(({ status }) => status === 'error'),
    doneToday: reviews.filter(
      ({ status, completed_at }) =>
        status === 'completed' && completed_at !== null && Date.parse(completed_at) >= midnight,
    ),
  };
}

/** Points of a line over scores from the oldest to the newest, in a box of this size. */
export function line(scores: number[], width: number, height: number): string {
  const step = scores.length > 1 ? width / (scores.length - 1) : 0;
  return scores
    .map((score, index) => `${round(index * step)},${round(height * (1 - score / 100))}`)
    .join(' ');
}

const round = (value: number) => Math.round(value * 10) / 10;
