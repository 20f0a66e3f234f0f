import { FACETS, type FindingFilter } from './findings/filter';

export const VIEWS = ['overview', 'findings', 'strengths', 'integrity', 'receipt'] as const;
export type View = (typeof VIEWS)[number];

/** What the address of a review says: the view, the chosen finding, the filters, the pane on a narrow screen. */
export type ReviewSearch = FindingFilter & { view?: View; finding?: string; pane?: 'page' };

const LONGEST = 64;

function word(value: unknown): string | undefined {
  return typeof value === 'string' && value.length <= LONGEST ? value : undefined;
}

export function reviewSearch(search: Record<string, unknown>): ReviewSearch {
  const filter = Object.fromEntries(FACETS.map((facet) => [facet, word(search[facet])]));
  return {
    ...filter,
    view: VIEWS.find((view) => view === search.view && view !== 'overview'),
    finding: word(search.finding),
    pane: search.pane === 'page' ? 'page' : undefined,
  };
}

/** The ids of the two reviews that are compared. */
export type CompareSearch = { left?: string; right?: string };

export function compareSearch(search: Record<string, unknown>): CompareSearch {
  return { left: word(search.left), right: word(search.right) };
}
