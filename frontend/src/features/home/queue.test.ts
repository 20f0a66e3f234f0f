import { expect, it } from 'vitest';
import type { ReviewItem } from '@/client';
import { line, monthStart, queueOf, queueStart } from './queue';

const now = new Date(2026, 10, 21, 15);
const review = (id: string, rest: Partial<ReviewItem>): ReviewItem => ({
  id,
  resume_id: id,
  file_name: 'a.pdf',
  candidate_id: 'c',
  candidate_name: 'Jane Doe',
  industry: 'ma_finance',
  review_type: 'comprehensive',
  language: 'en',
  overall_score: 70,
  market_tier: 'mid',
  status: 'completed',
  created_at: now.toISOString(),
  completed_at: now.toISOString(),
  requested_by: 'u',
  reused_from: null,
  ...rest,
});
const ids = (reviews: ReviewItem[]) => reviews.map(({ id }) => id);

it('sorts what a person waits for', () => {
  const yesterday = new Date(2026, 10, 20, 23, 59).toISOString();
  const queue = queueOf(
    [
      review('waits', { status: 'pending', completed_at: null }),
      review('runs', { status: 'processing', completed_at: null }),
      review('again', { resume_id: 'same' }),
      review('mended', { resume_id: 'same', status: 'error' }),
      review('failed', { status: 'error' }),
      review('old', { completed_at: yesterday }),
    ],
    now,
  );
  expect(ids(queue.running)).toEqual(['waits', 'runs']);
  expect(ids(queue.failed)).toEqual(['failed']);
  expect(ids(queue.doneToday)).toEqual(['again']);
});

it('draws a line from the left to the right, 100 on top', () => {
  expect(line([0, 50, 100], 100, 20)).toBe('0,20 50,10 100,0');
  expect(line([50], 100, 20)).toBe('0,10');
});

it('begins with a UTC day', () => {
  const utc = new Date('2026-11-21T10:00:00Z');
  expect(queueStart(utc)).toBe('2026-11-14');
  expect(monthStart(utc)).toBe('2026-11-01');
});
