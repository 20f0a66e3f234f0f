import { useTranslation } from '@/app/i18n';
import classes from './Score.module.css';

const FROM = [
  [80, 'excellent'],
  [70, 'strong'],
  [60, 'good'],
  [50, 'fair'],
  [0, 'needs_improvement'],
] as const;
const SHAPES = {
  excellent: 'M8 1l2 4.6 5 .5-3.8 3.3 1.2 4.9L8 11.7l-4.4 2.6 1.2-4.9L1 6.1l5-.5z',
  strong: 'M8 1l7 7-7 7-7-7z',
  good: 'M8 2a6 6 0 1 0 0 12A6 6 0 1 0 8 2z',
  fair: 'M2 3h12v10H2z',
  needs_improvement: 'M8 2l7 12H1z',
};

export type Band = (typeof FROM)[number][1];

/** The bands of the rubric: from 80, 70, 60 and 50 points, and below. */
export function bandOf(score: number): Band {
  return FROM.find(([least]) => score >= least)?.[1] ?? 'needs_improvement';
}

type ScoreProps = { score: number | null | undefined; large?: boolean };

/** A score with its band told by colour, by shape and, for those who see neither, in words. */
export function Score({ score, large = false }: ScoreProps) {
  const { t } = useTranslation();
  if (score === null || score === undefined) {
    return (
      <span className={classes.none} title={t('score.none')}>
        <span aria-hidden="true">–</span>
        <span className="sr-only">{t('score.none')}</span>
      </span>
    );
  }
  const band = bandOf(score);
  const label = t('score.label', { score, band: t(`score.${band}`) });
  return (
    <span className={large ? classes.large : classes.score} data-band={band} title={label}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[band]} />
      </svg>
      <span aria-hidden="true">{score}</span>
      <span className="sr-only">{label}</span>
    </span>
  );
}
