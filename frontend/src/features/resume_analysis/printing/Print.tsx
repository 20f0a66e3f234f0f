import { Button, Switch } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse, StatusResponse } from '@/client';
import { getReviewStatusOptions } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { Notice, Problem } from '@/components/Problem';
import { Lines, QueryView } from '@/components/QueryView';
import { bandOf, Score } from '@/components/Score';
import { useNames } from '../result/names';
import { ScoreTables } from '../result/ScoreTables';
import { headline, scoreGroups } from '../result/scores';
import { type Loaded, useResult } from '../result/useResult';
import { bySection, comment, isApproved } from './approved';
import classes from './Print.module.css';

/** What a candidate gets: the approved comments alone, set for paper; the browser makes a PDF of it. */
export function Print() {
  const { reviewId } = useParams({ from: '/inside/reviews/$reviewId/print' });
  const status = useQuery(getReviewStatusOptions({ path: { analysis_id: reviewId } }));
  return <QueryView query={status}>{(found) => <Loading status={found} />}</QueryView>;
}

function Loading({ status }: { status: StatusResponse }) {
  const { t } = useTranslation('resume_analysis');
  const { loaded, error, retry } = useResult(status);
  if (loaded) return <Letter status={status} loaded={loaded} />;
  return <Page title={t('print.title')}>{error ? <Problem error={error} retry={retry} /> : <Lines />}</Page>;
}

function Letter({ status, loaded }: { status: StatusResponse; loaded: Loaded }) {
  const { t } = useTranslation('resume_analysis');
  const { name, day } = useFormats();
  const names = useNames();
  const { scores = true } = useSearch({ from: '/inside/reviews/$reviewId/print' });
  const navigate = useNavigate({ from: '/reviews/$reviewId/print' });
  const { review, findings, candidate } = loaded;
  const approved = findings.filter(isApproved);
  const strengths = findings.filter(
    (finding) => finding.feedback_type === 'strength' && finding.decision !== 'rejected',
  );
  const who = candidate ? name(candidate) : review.document.filename;
  return (
    <Page
      title={who}
      crumbs={[
        { label: t('print.back'), to: '/reviews/$reviewId', params: { reviewId: status.analysis_id } },
      ]}
      about={`${t('print.about', { file: review.document.filename })} · ${names.industry(status.industry)} · ${day(status.completed_at ?? status.requested_at)}`}
      actions={
        <>
          <Switch
            className={classes.screen}
            label={t('print.scores')}
            checked={scores}
            onChange={(event) =>
              navigate({ search: { scores: event.currentTarget.checked ? undefined : false }, replace: true })
            }
          />
          <Button className={classes.screen} disabled={approved.length === 0} onClick={() => window.print()}>
            {t('print.print')}
          </Button>
        </>
      }
    >
      <p className={`${classes.screen} ${classes.hint}`}>{t('print.hint')}</p>
      <div className={classes.letter} lang={review.receipt.language}>
        {scores ? <Scores loaded={loaded} /> : null}
        <Strengths findings={strengths} />
        {approved.length > 0 ? (
          <section>
            <h2>{t('print.comments')}</h2>
            {bySection(approved).map(({ section, findings: about }) => (
              <section key={section ?? ''} className={classes.group}>
                <h3>{section ? names.section(section) : t('print.whole')}</h3>
                <ul>
                  {about.map((finding) => (
                    <Comment key={finding.id} finding={finding} language={loaded.document.language?.code} />
                  ))}
                </ul>
              </section>
            ))}
          </section>
        ) : (
          <Notice title={t('print.none')} hint={t('print.noneHint')} />
        )}
      </div>
    </Page>
  );
}

function Scores({ loaded: { review } }: { loaded: Loaded }) {
  const { t: common } = useTranslation();
  const score = headline(review);
  return (
    <section className={classes.scores}>
      <p>
        <Score score={score} large /> {score === null ? null : common(`score.${bandOf(score)}`)}
      </p>
      <ScoreTables groups={scoreGroups(review)} />
    </section>
  );
}

function Strengths({ findings }: { findings: FindingResponse[] }) {
  const { t } = useTranslation('resume_analysis');
  if (findings.length === 0) return null;
  return (
    <section>
      <h2>{t('view.strengths')}</h2>
      <ul>
        {findings.map((finding) => (
          <li key={finding.id}>
            <b>{finding.title}</b>
            {finding.original_text ? <q>{finding.original_text}</q> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Comment({ finding, language }: { finding: FindingResponse; language: string | undefined }) {
  const { t } = useTranslation('resume_analysis');
  return (
    <li>
      {finding.original_text ? <q lang={language}>{finding.original_text}</q> : null}
      <span>{comment(finding)}</span>
      {finding.decision === 'accepted' && finding.suggested_text ? (
        <span className={classes.rewrite}>
          {t('findings.rewrite')}: {finding.suggested_text}
        </span>
      ) : null}
    </li>
  );
}
