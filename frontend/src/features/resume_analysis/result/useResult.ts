import { useQuery } from '@tanstack/react-query';
import type { Document, FindingResponse, Review, StatusResponse } from '@/client';
import {
  getCandidateOptions,
  getDocumentOptions,
  getReviewOptions,
  listFindingsOptions,
} from '@/client/@tanstack/react-query.gen';

const NEVER = Number.POSITIVE_INFINITY;

export type Loaded = {
  review: Review;
  findings: FindingResponse[];
  document: Document;
  candidate: { first_name: string; last_name: string } | undefined;
};

/** Everything a result is made of, asked for at once; only the decisions can change. */
export function useResult(status: StatusResponse) {
  const path = { analysis_id: status.analysis_id };
  const review = useQuery({ ...getReviewOptions({ path }), staleTime: NEVER });
  const findings = useQuery(listFindingsOptions({ path }));
  const document = useQuery({
    ...getDocumentOptions({ path: { resume_id: status.resume_id } }),
    staleTime: NEVER,
  });
  const candidate = useQuery(getCandidateOptions({ path: { candidate_id: status.candidate_id } }));
  const parts = [review, findings, document];
  const loaded: Loaded | null =
    review.data && findings.data && document.data
      ? {
          review: review.data,
          findings: findings.data.findings,
          document: document.data,
          candidate: candidate.data,
        }
      : null;
  return {
    loaded,
    error: loaded ? null : (parts.find((part) => part.error)?.error ?? null),
    retry: () => {
      for (const part of parts) if (part.error) part.refetch();
    },
  };
}
