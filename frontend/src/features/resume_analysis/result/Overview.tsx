import { Button, CopyButton, Group, Stack, Text, Title } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, type ReactNode, Suspense } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { Document, FindingResponse, Review } from '@/client';
import { bandOf, Score } from '@/components/Score';
import { TIER } from '../evidence/marks';
import { JobMatch } from './JobMatch';
import { useNames } from './names';
import classes from './Result.module.css';
import { ScoreTables } from './ScoreTables';
import { headline, scoreGroups } from './scores';

type OverviewProps = {
  review: Review;
  document: Document;
  findings: FindingResponse[];
  onChoose: (id: string) => void;
};

const BreakdownDrawer = lazy(() =>
  import('./BreakdownDrawer').then((module) => ({ default: module.BreakdownDrawer })),
);

/** The verdict on one page: score, what it is made of, what to mend first, where the candidate stands. */
export function Overview({ review, document, findings, onChoose }: OverviewProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const [open, { open: explain, close }] = useDisclosure();
  const groups = scoreGroups(review);
  const { language } = review.receipt;
  return (
    <Stack gap="lg" className={classes.overview}>
      <Verdict review={review} />
      <ScoreTables groups={groups} />
      {review.receipt.scores?.length ? (
        <Button variant="default" size="compact-sm" onClick={explain} className={classes.start}>
          {t('explain.open')}
        </Button>
      ) : null}
      {review.summary ? (
        <Part
          title={t('section.summary')}
          action={
            <CopyButton value={review.summary}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="subtle" onClick={copy}>
                  {common(copied ? 'action.copied' : 'action.copy')}
                </Button>
              )}
            </CopyButton>
          }
        >
          <p lang={language} className={classes.summary}>
            {review.summary}
          </p>
        </Part>
      ) : null}
      <Fixes review={review} findings={findings} onChoose={onChoose} />
      <Tier review={review} document={document} onChoose={onChoose} />
      {review.gates.length > 0 ? (
        <Part title={t('section.gates')}>
          <ul className={classes.plain} lang={language}>
            {review.gates.map((gate) => (
              <li key={gate.id}>
                {gate.reason} <span className={classes.soft}>{gate.effect}</span>
              </li>
            ))}
          </ul>
        </Part>
      ) : null}
      {review.job ? <JobMatch job={review.job} /> : null}
      <Suspense>
        {open ? <BreakdownDrawer review={review} findings={findings} onClose={close} /> : null}
      </Suspense>
    </Stack>
  );
}

function Verdict({ review }: { review: Review }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const names = useNames();
  const { share } = useFormats();
  const score = headline(review);
  const areas = scoreGroups(review).find(({ name }) => name === 'areas');
  const onlyMachines = review.receipt.review_type === 'ats_check';
  return (
    <div className={classes.verdict}>
      <div>
        <Score score={score} large />
        <Text size="sm" c="dimmed">
          {onlyMachines ? names.dimension('ats') : score === null ? null : common(`score.${bandOf(score)}`)}
          {' · '}
          {t('confidence', { share: share(review.confidence) })}
        </Text>
      </div>
      {areas && !onlyMachines ? (
        <dl className={classes.areas}>
          {areas.rows.map(({ dimension, value }) => (
            <div key={dimension}>
              <dt>{names.dimension(dimension)}</dt>
              <dd>
                <Score score={value} />
              </dd>
            </div>
          ))}
        </dl>
      ) : null}
    </div>
  );
}

type FixesProps = Pick<OverviewProps, 'review' | 'findings' | 'onChoose'>;

function Fixes({ review, findings, onChoose }: FixesProps) {
  const { t } = useTranslation('resume_analysis');
  if (review.top_fixes.length === 0) return null;
  return (
    <Part title={t('section.fixes')} hint={t('fixes.hint')}>
      <ol className={classes.fixes} lang={review.receipt.language}>
        {review.top_fixes.map((fix) => {
          const about = findings.filter((finding) => finding.check_id === fix.check);
          const [first] = about;
          return (
            <li key={fix.check}>
              <span className={classes.gain}>{t('fixes.gain', { points: fix.gain.toFixed(1) })}</span>
              {first ? (
                <button type="button" onClick={() => onChoose(first.id)}>
                  {fix.title}
                </button>
              ) : (
                <span>{fix.title}</span>
              )}
              <span className={classes.soft}>
                {about.length > 1 ? t('fixes.places', { count: about.length }) : null}
              </span>
            </li>
          );
        })}
      </ol>
    </Part>
  );
}

const SHOWN_EVIDENCE = 4;
const LONGEST_EVIDENCE = 80;

function Tier({ review, document, onChoose }: Pick<OverviewProps, 'review' | 'document' | 'onChoose'>) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const { share } = useFormats();
  const tier = review.market_tier;
  if (!tier) return null;
  const words = tier.evidence.map(({ start, end }) => document.text.slice(start, end).trim());
  const shown = [...new Set(words)].filter((text) => text.length > 1).slice(0, SHOWN_EVIDENCE);
  return (
    <Part
      title={common('tier.label')}
      action={
        tier.evidence.length > 0 ? (
          <Button size="compact-xs" variant="subtle" onClick={() => onChoose(TIER)}>
            {t('tier.show')}
          </Button>
        ) : null
      }
    >
      <p className={classes.line}>
        <b>{common(`tier.${tier.value}`)}</b>
        {' · '}
        {t('tier.years', { count: tier.years })}
        {' · '}
        {t('confidence', { share: share(tier.confidence) })}
      </p>
      {shown.length > 0 ? (
        <p className={classes.soft}>
          {t('tier.readFrom')} <span lang={document.language?.code}>{shown.map(shortened).join(' · ')}</span>
        </p>
      ) : null}
    </Part>
  );
}

function shortened(text: string): string {
  return text.length > LONGEST_EVIDENCE ? `${text.slice(0, LONGEST_EVIDENCE).trimEnd()}…` : text;
}

type PartProps = { title: string; hint?: string; action?: ReactNode; children: ReactNode };

/** A section under a thin rule. */
export function Part({ title, hint, action, children }: PartProps) {
  return (
    <section className={classes.part}>
      <Group justify="space-between" align="baseline" gap="xs">
        <Title order={2}>{title}</Title>
        {action}
      </Group>
      {hint ? <p className={classes.soft}>{hint}</p> : null}
      {children}
    </section>
  );
}
