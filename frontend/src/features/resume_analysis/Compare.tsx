import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { StatusResponse } from '@/client';
import { getReviewStatusOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Notice, Problem } from '@/components/Problem';
import { Lines } from '@/components/QueryView';
import { Deltas } from './compare/Deltas';
import { FindingChanges } from './compare/FindingChanges';
import { Sides } from './compare/Sides';
import { TextDiff } from './compare/TextDiff';
import { useResult } from './result/useResult';
import type { CompareSearch } from './search';

/** Two reviews side by side: versions of a resume, or one resume for two industries. */
export function Compare() {
  const { t } = useTranslation('resume_analysis');
  const { left, right } = useSearch({ from: '/inside/compare' });
  const navigate = useNavigate({ from: '/compare' });
  const before = useSide(left);
  const after = useSide(right);
  const candidateId = (after.data ?? before.data)?.candidate_id;
  const error = before.error ?? after.error;
  const choose = (change: CompareSearch) => {
    navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  };
  return (
    <Page
      title={t('compare')}
      crumbs={[{ label: t('reviews'), to: '/reviews' }]}
      about={t('comparing.about')}
    >
      <Sides left={left} right={right} candidateId={candidateId} onChoose={choose} />
      {error ? (
        <Problem error={error} />
      ) : left && right && left !== right ? (
        <Loading before={before.data} after={after.data} />
      ) : (
        <Notice title={t('comparing.choose')} hint={t('comparing.chooseHint')} />
      )}
    </Page>
  );
}

function useSide(reviewId: string | undefined) {
  return useQuery({
    ...getReviewStatusOptions({ path: { analysis_id: reviewId ?? '' } }),
    enabled: reviewId !== undefined,
  });
}

type BothProps = { before: StatusResponse | undefined; after: StatusResponse | undefined };

function Loading({ before, after }: BothProps) {
  const { t } = useTranslation('resume_analysis');
  if (!before || !after) return <Lines />;
  if (before.status !== 'completed' || after.status !== 'completed') {
    return <Notice title={t('comparing.unfinished')} hint={t('comparing.unfinishedHint')} />;
  }
  return <Compared key={`${before.analysis_id} ${after.analysis_id}`} before={before} after={after} />;
}

function Compared({ before, after }: { before: StatusResponse; after: StatusResponse }) {
  const one = useResult(before);
  const other = useResult(after);
  if (!one.loaded || !other.loaded) {
    const failed = one.error ? one : other.error ? other : null;
    return failed ? <Problem error={failed.error} retry={failed.retry} /> : <Lines />;
  }
  return (
    <>
      <Deltas before={one.loaded.review} after={other.loaded.review} />
      <FindingChanges
        before={{ id: before.analysis_id, ...one.loaded }}
        after={{ id: after.analysis_id, ...other.loaded }}
      />
      <TextDiff before={one.loaded.document} after={other.loaded.document} />
    </>
  );
}
