import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse } from '@/client';
import { useColleague } from './decisions';
import classes from './Findings.module.css';

const SHAPES = {
  accepted: 'M3 8.5l3.2 3.2L13 4.8',
  edited: 'M3 13l.6-3L11 2.6l2.4 2.4L6 12.4z',
  rejected: 'M4 4l8 8M12 4l-8 8',
};

type DecidedProps = { finding: FindingResponse; short?: boolean };

/** What was decided about a finding; in long by whom and when. */
export function Decided({ finding, short = false }: DecidedProps) {
  const { t } = useTranslation('resume_analysis');
  const { ago, moment } = useFormats();
  const { decision, decided_at: at } = finding;
  const who = useColleague(short ? null : finding.decided_by_user_id);
  if (decision === 'open') return null;
  return (
    <span className={classes.decided} data-decision={decision}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={SHAPES[decision]} />
      </svg>
      {t(`decision.${decision}`)}
      {short || !at ? null : (
        <span title={moment(at)}>
          {who ? t('decision.by', { name: who, time: ago(at) }) : t('decision.at', { time: ago(at) })}
        </span>
      )}
    </span>
  );
}
