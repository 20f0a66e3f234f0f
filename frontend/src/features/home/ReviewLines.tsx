import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { type MessageKey, useTranslation } from '@/app/i18n';
import type { ReviewItem } from '@/client';
import { Score } from '@/components/Score';
import classes from './Home.module.css';

/** Reviews, one a line. */
export function ReviewLines({ label, reviews }: { label: string; reviews: ReviewItem[] }) {
  const { t } = useTranslation();
  const { ago } = useFormats();
  return (
    <ul className={classes.lines} aria-label={label}>
      {reviews.map((review) => (
        <li key={review.id}>
          <Anchor
            size="sm"
            fw={600}
            renderRoot={(props) => (
              <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} {...props} />
            )}
          >
            {review.candidate_name}
          </Anchor>
          <Text size="sm" c="dimmed">
            {t(`industry.${review.industry}` as MessageKey<'app'>)}
          </Text>
          <Text size="sm" component="div" ta="right">
            {review.status === 'completed' ? (
              <Score score={review.overall_score} />
            ) : (
              t(`status.${review.status}`)
            )}
          </Text>
          <Text size="sm" c="dimmed" ta="right">
            {ago(review.completed_at ?? review.created_at)}
          </Text>
        </li>
      ))}
    </ul>
  );
}
