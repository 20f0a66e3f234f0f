import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { retryReview, type StatusResponse } from '@/client';
import { getReviewStatusOptions, getReviewStatusQueryKey } from '@/client/@tanstack/react-query.gen';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';

type EndedBadlyProps = { reviewId: string; onRetried: () => void };

const ADVICE = {
  'review.insufficient_text': 'insufficient_text',
  'review.unreadable': 'unreadable',
  'review.encrypted': 'encrypted',
  'review.unsupported': 'unsupported',
  'review.not_a_resume': 'not_a_resume',
  'review.resume_not_read': 'resume_not_read',
  'review.no_document': 'no_document',
} as const;

/** A review without a result: what happened, what to do, and the way to try again. */
export function EndedBadly({ reviewId, onRetried }: EndedBadlyProps) {
  const status = useQuery({ ...getReviewStatusOptions({ path: { analysis_id: reviewId } }), staleTime: 0 });
  return <QueryView query={status}>{(found) => <Reason found={found} onRetried={onRetried} />}</QueryView>;
}

function Reason({ found, onRetried }: { found: StatusResponse; onRetried: () => void }) {
  const { t } = useTranslation('resume_analysis');
  const path = { analysis_id: found.analysis_id };
  const queries = useQueryClient();
  const retry = useMutation({
    mutationFn: () => retryReview({ path, throwOnError: true }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: getReviewStatusQueryKey({ path }) });
      onRetried();
    },
    onError: tellFailure,
  });
  const known = ADVICE[found.error_code as keyof typeof ADVICE];
  const title = found.status === 'cancelled' ? t('ended.cancelled') : t(`ended.${known ?? 'failed'}`);
  return (
    <Notice title={title} hint={found.error ?? undefined} alert={found.status === 'error'}>
      <Text>
        {t(found.status === 'cancelled' ? 'ended.hint.cancelled' : `ended.hint.${known ?? 'failed'}`)}
      </Text>
      <Group gap="xs" mt="xs">
        <Button loading={retry.isPending} onClick={() => retry.mutate()}>
          {t('ended.retry')}
        </Button>
        <Button
          variant="default"
          renderRoot={(props) => (
            <Link to="/candidates/$candidateId" params={{ candidateId: found.candidate_id }} {...props} />
          )}
        >
          {t('ended.candidate')}
        </Button>
      </Group>
    </Notice>
  );
}
