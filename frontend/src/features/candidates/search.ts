import type { CandidateSort, CandidateStatus, ListCandidatesData } from '@/client';

export const PAGE = 50;
export const STATUSES: CandidateStatus[] = ['active', 'placed', 'archived'];
export const SORTS: CandidateSort[] = ['-created_at', 'created_at', 'name', '-name', '-updated_at'];

/** Which candidates a list shows, as its address says; what is absent is the usual. */
export type CandidatesSearch = {
  search?: string;
  status?: CandidateStatus;
  /** `me`, or the id of a colleague. */
  assigned?: string;
  industry?: string;
  resume?: boolean;
  sort?: CandidateSort;
  offset?: number;
};

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

export function readSearch(raw: Record<string, unknown>): CandidatesSearch {
  const offset = Number(raw.offset);
  return {
    // A search for digits comes as a number.
    search: typeof raw.search === 'number' ? String(raw.search) : text(raw.search),
    status: STATUSES.find((status) => status === raw.status),
    assigned: text(raw.assigned),
    industry: text(raw.industry),
    resume: typeof raw.resume === 'boolean' ? raw.resume : undefined,
    sort: SORTS.find((sort) => sort === raw.sort),
    offset: Number.isInteger(offset) && offset > 0 ? offset : undefined,
  };
}

export function isFiltered({ search, status, assigned, industry, resume }: CandidatesSearch): boolean {
  return [search, status, assigned, industry, resume].some((value) => value !== undefined);
}

export function queryOf(search: CandidatesSearch, ownId: string): NonNullable<ListCandidatesData['query']> {
  return {
    search: search.search,
    status: search.status && [search.status],
    assigned_to: search.assigned === 'me' ? ownId : search.assigned,
    industry: search.industry,
    has_resume: search.resume,
    sort: search.sort,
    limit: PAGE,
    offset: search.offset ?? 0,
  };
}
