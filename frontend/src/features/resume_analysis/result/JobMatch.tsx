import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { Part } from './Overview';
import classes from './Result.module.css';

type Term = { term: string; evidence: unknown[] };

const ROWS = [
  ['required', false],
  ['required', true],
  ['preferred', false],
  ['preferred', true],
] as const;

/** What a job advert asks for, by what the resume shows of it. */
export function JobMatch({ job }: { job: Record<string, unknown> }) {
  const { t } = useTranslation('resume_analysis');
  const { share } = useFormats();
  return (
    <Part title={t('job.title')}>
      <p className={classes.line}>{t('job.coverage', { share: share(Number(job.coverage ?? 0)) })}</p>
      <dl className={classes.facts}>
        {ROWS.map(([kind, shown]) => {
          const found = termsOf(job[kind]).filter(({ evidence }) => evidence.length > 0 === shown);
          return found.length > 0 ? (
            <div key={`${kind}-${shown}`}>
              <dt>{t(`job.${kind}.${shown ? 'shown' : 'missing'}`)}</dt>
              <dd>{found.map(({ term }) => term).join(', ')}</dd>
            </div>
          ) : null;
        })}
      </dl>
    </Part>
  );
}

function termsOf(value: unknown): Term[] {
  return Array.isArray(value) ? (value as Term[]) : [];
}
