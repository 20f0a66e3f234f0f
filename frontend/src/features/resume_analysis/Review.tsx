import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { StatusResponse } from '@/client';
import { getReviewStatusOptions, getReviewStatusQueryKey } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { ReviewProgress } from './components/ReviewProgress';
import { useNames } from './result/names';
import { Result } from './result/Result';

/** A review from its start to its result, under one address. */
export function Review() {
  const { t } = useTranslation('resume_analysis');
  const { reviewId } = useParams({ from: '/inside/reviews/$reviewId' });
  const status = useQuery(getReviewStatusOptions({ path: { analysis_id: reviewId } }));
  if (status.data) return <Known key={reviewId} status={status.data} />;
  return (
    <Page title={t('review')} crumbs={[{ label: t('reviews'), to: '/reviews' }]}>
      <QueryView query={status}>{() => null}</QueryView>
    </Page>
  );
}

function Known({ status }: { status: StatusResponse }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const names = useNames();
  const queries = useQueryClient();
  if (status.status === 'completed') return <Result status={status} />;
  const path = { analysis_id: status.analysis_id };
  const failed = status.status === 'error' || status.status === 'cancelled';
  return (
    <Page
      title={t(failed ? 'review' : 'progress.title')}
      crumbs={[{ label: t('reviews'), to: '/reviews' }]}
      about={`${names.industry(status.industry)} · ${common(`reviewType.${status.review_type}`)}`}
    >
      <ReviewProgress
        reviewId={status.analysis_id}
        onEnded={() => queries.invalidateQueries({ queryKey: getReviewStatusQueryKey({ path }) })}
      />
    </Page>
  );
}
