import { Anchor, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { useUser } from '@/app/session';
import type { ReviewItem } from '@/client';
import {
  listBatchesOptions,
  listReviewsOptions,
  summariseReviewsOptions,
} from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { DropArea } from '@/features/resume_upload/DropArea';
import { handOver } from '@/features/resume_upload/handover';
import classes from './Home.module.css';
import { monthStart, type Queue, queueOf, queueStart } from './queue';
import { ReviewLines } from './ReviewLines';
import { ScoreTrend } from './ScoreTrend';

const MOST = 50;
const LAST = 10;
const QUEUED = 5;
const TREND = 30;
const BUSY_MS = 3_000;
const CALM_MS = 30_000;
/** Whoever comes back from a review looks for it here. */
const FRESH = { staleTime: 0 };

export function Home() {
  const { t } = useTranslation('home');
  const navigate = useNavigate();
  const last = useQuery({ ...listReviewsOptions({ query: { page_size: LAST } }), ...FRESH });
  return (
    <Page title={t('home')}>
      <div className={classes.columns}>
        <div className={classes.column}>
          <DropArea
            main
            onFiles={(files) => {
              handOver(files);
              navigate({ to: '/upload', search: {} });
            }}
          />
          <Section title={t('queue')}>
            <MyQueue />
          </Section>
          <Section title={t('last')}>
            <QueryView query={last}>
              {({ analyses, total_count }) =>
                analyses.length === 0 ? (
                  <Text c="dimmed">{t('noReviews')}</Text>
                ) : (
                  <>
                    <ReviewLines label={t('last')} reviews={analyses} />
                    {total_count > analyses.length ? (
                      <Anchor size="sm" renderRoot={(props) => <Link to="/reviews" search={{}} {...props} />}>
                        {t('all')}
                      </Anchor>
                    ) : null}
                  </>
                )
              }
            </QueryView>
          </Section>
        </div>
        <div className={classes.column}>
          <Section title={t('trend')}>
            <Trend />
          </Section>
          <Section title={t('numbers')}>
            <Numbers />
          </Section>
        </div>
      </div>
    </Page>
  );
}

function MyQueue() {
  const { t } = useTranslation('home');
  const user = useUser();
  const [since] = useState(() => queueStart(new Date()));
  const mine = useQuery({
    ...listReviewsOptions({ query: { reviewer: user.id, from_date: since, page_size: MOST } }),
    ...FRESH,
    refetchInterval: ({ state }) =>
      queueOf(state.data?.analyses ?? [], new Date()).running.length > 0 ? BUSY_MS : CALM_MS,
  });
  return (
    <QueryView query={mine}>
      {({ analyses }) => {
        const queue = queueOf(analyses, new Date());
        return (
          <Stack gap="md">
            <Waiting />
            {queue.running.length + queue.failed.length + queue.doneToday.length === 0 ? (
              <Text c="dimmed">{t('calm')}</Text>
            ) : null}
            {PARTS.map((part) => (
              <Part key={part} label={t(part, { count: queue[part].length })} reviews={queue[part]} />
            ))}
          </Stack>
        );
      }}
    </QueryView>
  );
}

const PARTS: (keyof Queue)[] = ['running', 'failed', 'doneToday'];

function Part({ label, reviews }: { label: string; reviews: ReviewItem[] }) {
  if (reviews.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {label}
      </Text>
      <ReviewLines label={label} reviews={reviews.slice(0, QUEUED)} />
    </div>
  );
}

/** Bulk uploads that wait for a person. */
function Waiting() {
  const { t } = useTranslation('home');
  const { moment } = useFormats();
  const found = useQuery({ ...listBatchesOptions({ query: { page_size: LAST } }), ...FRESH });
  const waiting = found.data?.batches.filter(({ totals }) => (totals.waiting ?? 0) > 0) ?? [];
  return waiting.map(({ batch_id, created_at, totals }) => (
    <Text key={batch_id} size="sm">
      <Anchor
        inherit
        renderRoot={(props) => <Link to="/uploads/$batchId" params={{ batchId: batch_id }} {...props} />}
      >
        {t('uploadOf', { date: moment(created_at) })}
      </Anchor>
      : {t('toConfirm', { count: totals.waiting ?? 0 })}
    </Text>
  ));
}

function Trend() {
  const scored = useQuery(listReviewsOptions({ query: { status: 'completed', page_size: TREND } }));
  return <QueryView query={scored}>{({ analyses }) => <ScoreTrend reviews={analyses} />}</QueryView>;
}

function Numbers() {
  const { t } = useTranslation('home');
  const { number } = useFormats();
  const [first] = useState(() => monthStart(new Date()));
  const month = { from_date: first, page_size: 1 };
  const asked = useQuery(listReviewsOptions({ query: month })).data?.total_count;
  const done = useQuery(listReviewsOptions({ query: { ...month, status: 'completed' } })).data?.total_count;
  const all = useQuery(summariseReviewsOptions()).data;
  const mean = all?.average_score;
  const rows: [string, number | null | undefined][] = [
    [t('month'), asked],
    [t('monthDone'), done],
    [t('everything'), all?.total_analyses],
    [t('mean'), typeof mean === 'number' ? Math.round(mean) : mean],
  ];
  return (
    <dl className={classes.numbers}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <Text component="dt" size="sm" c="dimmed">
            {label}
          </Text>
          <Text component="dd" size="sm">
            {typeof value === 'number' ? number(value) : '–'}
          </Text>
        </div>
      ))}
    </dl>
  );
}
