import type { ListReviewsData, ReviewType, ServedStatus } from '@/client';

export const PAGE = 50;
export const STATUSES: ServedStatus[] = ['pending', 'processing', 'completed', 'error', 'cancelled'];
export const TYPES: ReviewType[] = ['comprehensive', 'quick_scan', 'ats_check'];
export const SORTS = ['date', 'candidate', 'score'] as const;
export type SortBy = (typeof SORTS)[number];

/** Which reviews the history shows, as its address says. Days are UTC days, both included. */
export type HistorySearch = {
  search?: string;
  candidate?: string;
  industry?: string;
  status?: ServedStatus;
  type?: ReviewType;
  /** `me`, or the id of a colleague. */
  reviewer?: string;
  from?: string;
  to?: string;
  min?: number;
  max?: number;
  sort?: SortBy;
  up?: boolean;
  page?: number;
};

const MOST_POINTS = 100;
const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);
const day = (value: unknown) =>
  typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined;
const whole = (value: unknown, least: number, most: number) => {
  const number = value === undefined || value === '' ? Number.NaN : Number(value);
  return Number.isInteger(number) && number >= least && number <= most ? number : undefined;
};

export function readHistory(raw: Record<string, unknown>): HistorySearch {
  return {
    search: typeof raw.search === 'number' ? String(raw.search) : text(raw.search),
    candidate: text(raw.candidate),
    industry: text(raw.industry),
    status: STATUSES.find((status) => status === raw.status),
    type: TYPES.find((type) => type === raw.type),
    reviewer: text(raw.reviewer),
    from: day(raw.from),
    to: day(raw.to),
    min: whole(raw.min, 0, MOST_POINTS),
    max: whole(raw.max, 0, MOST_POINTS),
    sort: SORTS.find((sort) => sort === raw.sort),
    up: raw.up === true || undefined,
    page: whole(raw.page, 2, Number.MAX_SAFE_INTEGER),
  };
}

type Wanted = NonNullable<ListReviewsData['query']>;

/** The filters alone, for the list and for its export. */
export function wantedOf(search: HistorySearch, ownId: string): Wanted {
  return {
    search: search.search,
    candidate_id: search.candidate,
    industry: search.industry,
    status: search.status,
    review_type: search.type,
    reviewer: search.reviewer === 'me' ? ownId : search.reviewer,
    from_date: search.from,
    to_date: search.to,
    min_score: search.min,
    max_score: search.max,
  };
}

export function isFiltered(search: HistorySearch): boolean {
  return Object.values(wantedOf(search, '')).some((value) => value !== undefined);
}

export function queryOf(search: HistorySearch, ownId: string): Wanted {
  return {
    ...wantedOf(search, ownId),
    sort: search.sort,
    order: search.up ? 'asc' : undefined,
    page: search.page ?? 1,
    page_size: PAGE,
  };
}

/** The address of the export that holds the same reviews. */
export function exportPath(search: HistorySearch, ownId: string): string {
  const wanted = Object.entries(wantedOf(search, ownId)).filter(([, value]) => value !== undefined);
  const query = new URLSearchParams(wanted.map(([key, value]) => [key, String(value)])).toString();
  return `/api/v1/analysis/export${query && '?'}${query}`;
}
