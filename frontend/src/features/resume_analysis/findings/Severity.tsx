import { useTranslation } from '@/app/i18n';
import classes from './Findings.module.css';
import { levelOf } from './filter';

const SHAPES = {
  high: 'M8 1.5L15.5 14.5H.5z',
  medium: 'M8 1.5l6.5 6.5L8 14.5 1.5 8z',
  low: 'M8 3.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 1 0 0-9z',
  note: 'M3 7h10v2H3z',
};

/** How grave a finding is: by shape, colour and word. */
export function Severity({ value }: { value: number }) {
  const { t } = useTranslation('resume_analysis');
  const level = levelOf(value);
  return (
    <span className={classes.severity} data-severity={value}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[level]} />
      </svg>
      {t(`severity.${level}`)}
    </span>
  );
}
