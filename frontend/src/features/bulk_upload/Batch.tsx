import { Button, Progress, SegmentedControl, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import {
  type BatchItemResponse,
  type BatchResponse,
  cancelBatch,
  confirmBatch,
  type Decision,
  retryBatch,
} from '@/client';
import { getBatchQueryKey, listCandidatesQueryKey } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import classes from './Batch.module.css';
import { proposals } from './decisions';
import { Items } from './Items';
import { useLiveBatch } from './live';
import { isRunning, useBatchReviews, useLookAgain } from './reviews';
import { whole } from './totals';

const Decide = lazy(() => import('./Decide').then((module) => ({ default: module.Decide })));
const StartReviews = lazy(() =>
  import('./StartReviews').then((module) => ({ default: module.StartReviews })),
);

export function Batch() {
  const { batchId } = useParams({ from: '/inside/uploads/$batchId' });
  const { t } = useTranslation('bulk_upload');
  const batch = useLiveBatch(batchId);
  if (batch.data) return <Known batch={batch.data} />;
  return (
    <Page title={t('batch')} crumbs={[{ label: t('batches'), to: '/uploads' }]}>
      <QueryView query={batch}>{() => null}</QueryView>
    </Page>
  );
}

const FILTERS = ['all', 'waiting', 'error'] as const;
type Filter = (typeof FILTERS)[number];

function useChanges(batchId: string) {
  const client = useQueryClient();
  const look = useLookAgain(batchId);
  const path = { batch_id: batchId };
  const kept = {
    onSuccess: ({ data }: { data: BatchResponse }) => {
      client.setQueryData(getBatchQueryKey({ path }), data);
      client.invalidateQueries({ queryKey: listCandidatesQueryKey() });
      look();
    },
    onError: tellFailure,
  };
  return {
    confirm: useMutation({
      mutationFn: (items: Decision[]) => confirmBatch({ path, body: { items }, throwOnError: true }),
      ...kept,
    }),
    retry: useMutation({ mutationFn: () => retryBatch({ path, throwOnError: true }), ...kept }),
    cancel: useMutation({ mutationFn: () => cancelBatch({ path, throwOnError: true }), ...kept }),
  };
}

function Known({ batch }: { batch: BatchResponse }) {
  const { t } = useTranslation('bulk_upload');
  const { moment } = useFormats();
  const { confirm, retry, cancel } = useChanges(batch.batch_id);
  const reviews = useBatchReviews(batch);
  const [filter, setFilter] = useState<Filter>('all');
  const [deciding, setDeciding] = useState<BatchItemResponse | null>(null);
  const [starting, setStarting] = useState(false);

  const { items } = batch;
  const totals = whole(batch.totals);
  const ready = proposals(items);
  const unreviewed = items
    .filter((item) => item.status === 'completed' && item.resume_id && !item.analysis_id)
    .filter((item) => !reviews.has(item.resume_id ?? ''))
    .map((item) => item.resume_id ?? '');
  const open = totals.pending + totals.processing + totals.waiting;
  const done = [...reviews.values()].filter((review) => !isRunning(review)).length;
  const shown = filter === 'all' ? items : items.filter((item) => item.status === filter);

  return (
    <Page
      title={t('uploadOf', { date: moment(batch.created_at) })}
      crumbs={[{ label: t('batches'), to: '/uploads' }]}
      about={<Summary batch={batch} reviewed={done} reviews={reviews.size} />}
      actions={
        <>
          {open > 0 ? (
            <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate()}>
              {t('cancel')}
            </Button>
          ) : null}
          {items.some((item) => item.can_retry) ? (
            <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
              {t('retry')}
            </Button>
          ) : null}
          {unreviewed.length > 0 ? (
            <Button variant={ready.length > 0 ? 'default' : 'filled'} onClick={() => setStarting(true)}>
              {t('startReviews', { count: unreviewed.length })}
            </Button>
          ) : null}
          {ready.length > 0 ? (
            <Button loading={confirm.isPending} onClick={() => confirm.mutate(ready)}>
              {t('confirmAll', { count: ready.length })}
            </Button>
          ) : null}
        </>
      }
    >
      <Stack gap="sm">
        <SegmentedControl
          aria-label={t('show')}
          size="xs"
          w="fit-content"
          classNames={{ indicator: classes.indicator }}
          value={filter}
          onChange={setFilter}
          data={FILTERS.map((value) => ({
            value,
            label: t(`filter.${value}`, { number: value === 'all' ? items.length : totals[value] }),
          }))}
        />
        {shown.length === 0 ? (
          <Notice title={t('none')} hint={t('noneHint')} />
        ) : (
          <Items
            items={shown}
            reviews={reviews}
            busy={confirm.isPending}
            onDecide={(decision) => confirm.mutate([decision])}
            onChoose={setDeciding}
          />
        )}
      </Stack>
      <Suspense>
        {deciding ? (
          <Decide
            item={deciding}
            onClose={() => setDeciding(null)}
            onDecide={(decision) => {
              setDeciding(null);
              confirm.mutate([decision]);
            }}
          />
        ) : null}
        {starting ? (
          <StartReviews batchId={batch.batch_id} resumeIds={unreviewed} onClose={() => setStarting(false)} />
        ) : null}
      </Suspense>
    </Page>
  );
}

type SummaryProps = { batch: BatchResponse; reviews: number; reviewed: number };

function Summary({ batch, reviews, reviewed }: SummaryProps) {
  const { t } = useTranslation('bulk_upload');
  const { items } = batch;
  const totals = whole(batch.totals);
  const read = items.length - totals.pending - totals.processing;
  const parts = [
    t('readOf', { read, total: items.length }),
    totals.waiting > 0 ? t('waiting', { count: totals.waiting }) : null,
    totals.error > 0 ? t('failed', { count: totals.error }) : null,
    reviews > 0 ? t('reviewedOf', { reviewed, total: reviews }) : null,
  ];
  const share = reviews > 0 ? (read + reviewed) / (items.length + reviews) : read / items.length;
  return (
    <Stack gap={4} maw="32rem">
      <span role="status">{parts.filter(Boolean).join(' · ')}</span>
      {share < 1 ? <Progress size="sm" value={share * 100} aria-label={t('progress')} /> : null}
    </Stack>
  );
}
