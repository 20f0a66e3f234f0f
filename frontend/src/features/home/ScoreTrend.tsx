import { Text } from '@mantine/core';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { ReviewItem } from '@/client';
import classes from './Home.module.css';
import { line } from './queue';

const WIDTH = 256;
const HEIGHT = 56;
const MARGIN = 4;
const BANDS = [80, 60];

/** Scores from the oldest to the newest: a line for those who see it, a table for those who do not. */
export function ScoreTrend({ reviews }: { reviews: ReviewItem[] }) {
  const { t } = useTranslation('home');
  const { day, number } = useFormats();
  const scored = reviews.filter(({ overall_score }) => overall_score !== null).reverse();
  const scores = scored.map(({ overall_score }) => overall_score ?? 0);
  const last = scores.at(-1);
  if (last === undefined) return <Text c="dimmed">{t('noScores')}</Text>;
  const mean = Math.round(scores.reduce((sum, score) => sum + score, 0) / scores.length);
  const end = HEIGHT * (1 - last / 100);
  return (
    <figure className={classes.trend}>
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${WIDTH + 2 * MARGIN} ${HEIGHT + 2 * MARGIN}`}
        aria-hidden="true"
        className={classes.line}
      >
        {BANDS.map((score) => (
          <line
            key={score}
            x1={0}
            x2={WIDTH}
            y1={HEIGHT * (1 - score / 100)}
            y2={HEIGHT * (1 - score / 100)}
            className={classes.band}
          />
        ))}
        <polyline points={line(scores, WIDTH, HEIGHT)} />
        <circle cx={scores.length > 1 ? WIDTH : 0} cy={end} r={3} />
      </svg>
      <Text component="figcaption" size="sm" c="dimmed">
        {t('trendSummary', { count: scores.length, mean: number(mean), last: number(last) })}
      </Text>
      <table className="sr-only">
        <caption>{t('trend')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('date')}</th>
            <th scope="col">{t('candidate')}</th>
            <th scope="col">{t('score')}</th>
          </tr>
        </thead>
        <tbody>
          {scored.map((review) => (
            <tr key={review.id}>
              <td>{day(review.created_at)}</td>
              <td>{review.candidate_name}</td>
              <td>{review.overall_score}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}
