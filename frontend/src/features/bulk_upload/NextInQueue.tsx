import { Anchor, Group } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from '@/app/i18n';
import type { BatchResponse } from '@/client';
import { getBatchOptions } from '@/client/@tanstack/react-query.gen';
import { queueInWork } from './queue';
import { useBatchReviews } from './reviews';

/** On a review that belongs to the bulk upload in work: the way to the next one, and back to the list. */
export function NextInQueue({ reviewId }: { reviewId: string }) {
  const batchId = queueInWork();
  const batch = useQuery({
    ...getBatchOptions({ path: { batch_id: batchId ?? '' } }),
    enabled: batchId !== null,
  });
  return batch.data ? <Links batch={batch.data} reviewId={reviewId} /> : null;
}

function Links({ batch, reviewId }: { batch: BatchResponse; reviewId: string }) {
  const { t } = useTranslation('bulk_upload');
  const reviews = useBatchReviews(batch);
  const inOrder = batch.items
    .map((item) => reviews.get(item.resume_id ?? ''))
    .filter((review) => review !== undefined);
  const here = inOrder.findIndex((review) => review.id === reviewId);
  const next = inOrder[here + 1];
  if (here < 0) return null;
  return (
    <Group gap="md" component="nav" aria-label={t('queue')}>
      <Anchor
        size="sm"
        renderRoot={(props) => (
          <Link to="/uploads/$batchId" params={{ batchId: batch.batch_id }} {...props} />
        )}
      >
        {t('toQueue', { place: here + 1, total: inOrder.length })}
      </Anchor>
      {next ? (
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/reviews/$reviewId" params={{ reviewId: next.id }} {...props} />}
        >
          {t('next', { name: next.candidate_name })}
        </Anchor>
      ) : null}
    </Group>
  );
}
