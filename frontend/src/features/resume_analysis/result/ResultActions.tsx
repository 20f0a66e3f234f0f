import { Button, Menu } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import type { StatusResponse } from '@/client';
import { listReviewsOptions } from '@/client/@tanstack/react-query.gen';
import { approvedText, isApproved } from '../printing/approved';
import { useNames } from './names';
import type { Loaded } from './useResult';

const ReviewAgain = lazy(() => import('./ReviewAgain').then((module) => ({ default: module.ReviewAgain })));

/** What can be done with a result: hand it to the candidate, keep it, review again, go on to the next. */
export function ResultActions({ status, loaded }: { status: StatusResponse; loaded: Loaded }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const [again, setAgain] = useState(false);
  const names = useNames();
  const approved = loaded.findings.filter(isApproved);
  const params = { reviewId: status.analysis_id };

  const copy = async () => {
    await navigator.clipboard.writeText(approvedText(approved, names.section, t('print.whole')));
    await tell(t('action.copied', { count: approved.length }));
  };
  return (
    <>
      <Menu position="bottom-end" withinPortal>
        <Menu.Target>
          <Button variant="default">{common('action.more')}</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            renderRoot={(props) => <Link to="/reviews/$reviewId/print" params={params} {...props} />}
          >
            {t('action.print')}
          </Menu.Item>
          <Menu.Item disabled={approved.length === 0} onClick={() => copy().catch(tellFailure)}>
            {t('action.copyApproved', { count: approved.length })}
          </Menu.Item>
          <Menu.Item onClick={() => saveJson(loaded)}>{t('action.json')}</Menu.Item>
          <Menu.Divider />
          <Menu.Item onClick={() => setAgain(true)}>{t('action.again')}</Menu.Item>
          <Menu.Item
            renderRoot={(props) => <Link to="/compare" search={{ right: status.analysis_id }} {...props} />}
          >
            {t('action.compare')}
          </Menu.Item>
          <Menu.Item
            renderRoot={(props) => (
              <Link to="/candidates/$candidateId" params={{ candidateId: status.candidate_id }} {...props} />
            )}
          >
            {t('ended.candidate')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <NextInQueue current={status.analysis_id} />
      <Suspense>{again ? <ReviewAgain status={status} onClose={() => setAgain(false)} /> : null}</Suspense>
    </>
  );
}

/** The next of my finished reviews about which nothing was decided; after the last one there is none. */
function NextInQueue({ current }: { current: string }) {
  const { t } = useTranslation('resume_analysis');
  const { id } = useUser();
  const query = { reviewer: id, status: 'completed', undecided: true, page_size: 2 } as const;
  const queue = useQuery(listReviewsOptions({ query }));
  const next = queue.data?.analyses.find((review) => review.id !== current);
  if (!next) return null;
  return (
    <Button
      title={t('action.nextIs', { name: next.candidate_name, file: next.file_name })}
      renderRoot={(props) => <Link to="/reviews/$reviewId" params={{ reviewId: next.id }} {...props} />}
    >
      {t('action.next')}
    </Button>
  );
}

function saveJson({ review }: Loaded): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(review, null, 2)], { type: 'application/json' }));
  link.download = `${review.document.filename.replace(/\.\w+$/, '')}.review.json`;
  link.click();
  URL.revokeObjectURL(link.href);
}
