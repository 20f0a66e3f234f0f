import { useTranslation } from '@/app/i18n';
import type { Review } from '@/client';
import classes from './Result.module.css';

/** What a reader must know before the result: it is degraded, partly unverified, a reused or a partial one. */
export function Warnings({ review }: { review: Review }) {
  const { t } = useTranslation('resume_analysis');
  const dropped = (review.receipt.agents ?? []).reduce((sum, agent) => sum + (agent.dropped ?? 0), 0);
  const told: string[] = [];
  if (review.degraded) told.push(t('warning.degraded', { reason: review.degraded_reason ?? '' }));
  if (dropped > 0) told.push(t('warning.unverified', { count: dropped }));
  if (review.status !== 'completed') told.push(review.message);
  if (review.receipt.review_type === 'ats_check') told.push(t('warning.ats'));
  if (review.receipt.review_type === 'quick_scan') told.push(t('warning.quick'));
  if (told.length === 0) return null;
  return (
    <ul className={classes.warnings} aria-label={t('warning.label')}>
      {told.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}
