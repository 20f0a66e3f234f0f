import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { cancelReview, type ProgressEvent, type ServedStatus } from '@/client';
import { getReviewHealthOptions, getReviewStatusOptions } from '@/client/@tanstack/react-query.gen';
import { Problem } from '@/components/Problem';
import { EndedBadly } from './EndedBadly';
import { hasEnded, progressOf } from './follow';
import classes from './ReviewProgress.module.css';
import { stepStates, timeLeft } from './steps';

type ReviewProgressProps = {
  reviewId: string;
  /** Called once the review has ended, however it did; a failed one stays on show here, with the way to retry. */
  onEnded: (status: ServedStatus) => void;
};

/** A review while it runs: its steps as they happen, the time, and the way to stop it; afterwards why it failed. */
export function ReviewProgress({ reviewId, onEnded }: ReviewProgressProps) {
  const [round, setRound] = useState(0);
  const [event, setEvent] = useState<ProgressEvent | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  const known = useQuery(getReviewStatusOptions({ path: { analysis_id: reviewId } }));
  const status = event?.status ?? known.data?.status;
  const tellEnd = useEffectEvent((status: ServedStatus) => onEnded(status));
  const again = () => {
    setEvent(null);
    setProblem(null);
    setRound(round + 1);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: another round follows the same review anew
  useEffect(() => {
    const stop = new AbortController();
    const watch = async () => {
      for await (const step of progressOf(reviewId, stop.signal)) {
        if (stop.signal.aborted) return;
        setEvent(step);
        if (hasEnded(step.status)) tellEnd(step.status);
      }
    };
    watch().catch((error) => stop.signal.aborted || setProblem(error));
    return () => stop.abort();
  }, [reviewId, round]);

  if (problem) return <Problem error={problem} retry={again} />;
  if (status === 'error' || status === 'cancelled') {
    return <EndedBadly reviewId={reviewId} onRetried={again} />;
  }
  return <Running reviewId={reviewId} event={event} />;
}

function Running({ reviewId, event }: { reviewId: string; event: ProgressEvent | null }) {
  const { t } = useTranslation('resume_analysis');
  const health = useQuery({ ...getReviewHealthOptions(), staleTime: Number.POSITIVE_INFINITY });
  const cancel = useMutation({
    mutationFn: () => cancelReview({ path: { analysis_id: reviewId }, throwOnError: true }),
    onError: tellFailure,
  });
  const asksModels = health.data ? health.data.ai_orchestrator !== 'rubric' : false;
  const steps = stepStates(event?.step ?? 'queued', asksModels);
  const now = steps.find(([, state]) => state === 'now')?.[0];

  return (
    <Stack gap="md" maw="32rem">
      <Progress
        value={event?.progress ?? 0}
        size="sm"
        aria-label={t('progress.label')}
        transitionDuration={200}
      />
      <span role="status" className="sr-only">
        {now ? t(`progress.step.${now}`) : t('progress.step.done')}
      </span>
      <ol className={classes.steps}>
        {steps.map(([step, state]) => (
          <li key={step} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <svg viewBox="0 0 16 16" aria-hidden="true">
              {state === 'done' ? <path d="M3 8.5l3.2 3.2L13 4.8" /> : <circle cx="8" cy="8" r="4" />}
            </svg>
            {t(`progress.step.${step}`)}
            {state === 'done' ? <span className="sr-only">{t('progress.stepDone')}</span> : null}
          </li>
        ))}
      </ol>
      <Group justify="space-between">
        {event ? <Clock event={event} /> : <span />}
        <Button
          variant="default"
          loading={cancel.isPending}
          disabled={cancel.isSuccess}
          onClick={() => cancel.mutate()}
        >
          {t('progress.cancel')}
        </Button>
      </Group>
    </Stack>
  );
}

/** Time gone and time left; it runs on between the events. */
function Clock({ event }: { event: ProgressEvent }) {
  const { t } = useTranslation('resume_analysis');
  const { seconds } = useFormats();
  const [now, setNow] = useState({ heard: event, since: performance.now(), at: performance.now() });
  if (now.heard !== event) {
    const time = performance.now();
    setNow({ heard: event, since: time, at: time });
  }
  useEffect(() => {
    const timer = setInterval(() => setNow((last) => ({ ...last, at: performance.now() })), 1_000);
    return () => clearInterval(timer);
  }, []);
  const elapsed = event.elapsed_ms + now.at - now.since;
  const left = timeLeft(elapsed, event.expected_ms);
  const whole = (time: number) => seconds(Math.round(time / 1_000) * 1_000);
  return (
    <Text size="sm" c="dimmed">
      {t('progress.elapsed', { time: whole(elapsed) })}
      {left === null ? null : ` · ${t('progress.left', { time: whole(Math.max(left, 1_000)) })}`}
      {left === null && event.expected_ms !== null ? ` · ${t('progress.late')}` : null}
    </Text>
  );
}
