import type { Review, ReviewScoreLine } from '@/client';

export type Scored = { dimension: string; value: number };

export const STRUCTURE = ['format', 'organization', 'tone', 'completeness'] as const;
export const APPEAL = [
  'achievement_relevance',
  'skills_alignment',
  'experience_fit',
  'competitive_positioning',
] as const;
export const AREAS = ['ats', 'content', 'formatting'] as const;

export type ScoreGroup = { name: 'structure' | 'appeal' | 'areas'; rows: Scored[] };

/** The scores of a review under their headings, as far as its type has them. */
export function scoreGroups({ scores }: Pick<Review, 'scores'>): ScoreGroup[] {
  const { structure, appeal } = scores;
  const groups: ScoreGroup[] = [
    { name: 'structure', rows: structure ? rows(STRUCTURE, structure) : [] },
    { name: 'appeal', rows: appeal ? rows(APPEAL, appeal) : [] },
    { name: 'areas', rows: rows(AREAS, scores) },
  ];
  return groups.filter((group) => group.rows.length > 0);
}

function rows<K extends string>(names: readonly K[], of: { [key in K]?: number | null }): Scored[] {
  return names.flatMap((dimension) => {
    const value = of[dimension];
    return value === null || value === undefined ? [] : [{ dimension, value }];
  });
}

/** The score at the head: an ATS check has that of the machines alone. */
export function headline(review: Review): number | null {
  const only = review.receipt.review_type === 'ats_check';
  return (only ? review.scores.ats : review.scores.overall) ?? null;
}

export type Breakdown = { dimension: string; lost: ReviewScoreLine[]; full: number };

/** What each check cost each dimension, dearest first; checks without loss are only counted. */
export function breakdown(lines: readonly ReviewScoreLine[]): Breakdown[] {
  const found = new Map<string, Breakdown>();
  for (const line of lines) {
    const of = found.get(line.dimension) ?? { dimension: line.dimension, lost: [], full: 0 };
    found.set(line.dimension, of);
    if (line.cost > 0) of.lost.push(line);
    else of.full += 1;
  }
  const all = [...found.values()];
  for (const of of all) of.lost.sort((one, other) => other.cost - one.cost);
  return all;
}

export type Point = { x: number; y: number };

/** Where value `share` (0-1) of axis `index` out of `count` lies around the middle; the first axis points up. */
export function onAxis(index: number, count: number, share: number, radius: number): Point {
  const angle = (2 * Math.PI * index) / count - Math.PI / 2;
  return { x: Math.cos(angle) * radius * share, y: Math.sin(angle) * radius * share };
}
