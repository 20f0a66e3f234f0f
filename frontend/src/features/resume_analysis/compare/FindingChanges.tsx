import { Anchor, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse } from '@/client';
import { Severity } from '../findings/Severity';
import type { Loaded } from '../result/useResult';
import classes from './Compare.module.css';
import { changes } from './match';

type Side = Loaded & { id: string };

/** What the later review no longer finds, what it finds anew, and what stands in both. */
export function FindingChanges({ before, after }: { before: Side; after: Side }) {
  const { t } = useTranslation('resume_analysis');
  const found = useMemo(() => {
    const comments = ({ findings }: Side) => findings.filter((one) => one.feedback_type !== 'strength');
    return changes(comments(before), comments(after));
  }, [before, after]);
  return (
    <section className={classes.part}>
      <Title order={2}>{t('comparing.findings')}</Title>
      <div className={classes.columns}>
        <Column
          title={t('comparing.fixed', { count: found.fixed.length })}
          of={before}
          findings={found.fixed}
        />
        <Column
          title={t('comparing.added', { count: found.added.length })}
          of={after}
          findings={found.added}
        />
        <Column
          title={t('comparing.open', { count: found.open.length })}
          of={after}
          findings={found.open.map((pair) => pair.after)}
        />
      </div>
    </section>
  );
}

type ColumnProps = { title: string; of: Side; findings: FindingResponse[] };

function Column({ title, of, findings }: ColumnProps) {
  const { t } = useTranslation('resume_analysis');
  return (
    <section aria-label={title}>
      <Title order={3}>{title}</Title>
      {findings.length === 0 ? <p className={classes.soft}>{t('comparing.noFinding')}</p> : null}
      <ul className={classes.findings}>
        {findings.map((finding) => (
          <li key={finding.id}>
            <Severity value={finding.severity_level} />
            <Anchor
              size="sm"
              lang={of.review.receipt.language}
              renderRoot={(props) => (
                <Link
                  to="/reviews/$reviewId"
                  params={{ reviewId: of.id }}
                  search={{ view: 'findings', finding: finding.id }}
                  {...props}
                />
              )}
            >
              {finding.title}
            </Anchor>
            {finding.original_text ? <q lang={of.document.language?.code}>{finding.original_text}</q> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
