import type { Review } from '@/client';
import { scoreGroups } from '../result/scores';

export type Delta = { dimension: string; before: number | null; after: number | null; change: number | null };

/** Every score of two reviews and how far the second is from the first. */
export function deltas(before: Review, after: Review): Delta[] {
  const [one, other] = [flat(before), flat(after)];
  return [...new Set([...one.keys(), ...other.keys()])].map((dimension) => {
    const from = one.get(dimension) ?? null;
    const to = other.get(dimension) ?? null;
    return { dimension, before: from, after: to, change: from === null || to === null ? null : to - from };
  });
}

function flat(review: Review): Map<string, number> {
  const found = new Map<string, number>();
  const { overall } = review.scores;
  if (overall !== null && overall !== undefined) found.set('overall', overall);
  for (const { rows } of scoreGroups(review)) {
    for (const { dimension, value } of rows) found.set(dimension, value);
  }
  return found;
}
