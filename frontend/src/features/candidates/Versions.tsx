import { Anchor, Button, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { downloadFile } from '@/app/api';
import { useFormats } from '@/app/format';
import { type MessageKey, useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { VersionList } from '@/client';
import { listVersionsOptions } from '@/client/@tanstack/react-query.gen';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { Score } from '@/components/Score';
import classes from './Candidate.module.css';

const TextPreview = lazy(() =>
  import('@/features/resume_upload/TextPreview').then((module) => ({ default: module.TextPreview })),
);

/** The candidate's resumes, newest first, each with its newest score. */
export function Versions({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation('candidates');
  const versions = useQuery(listVersionsOptions({ path: { candidate_id: candidateId } }));
  const [shown, setShown] = useState<string | null>(null);
  return (
    <QueryView query={versions}>
      {({ resumes }) =>
        resumes.length === 0 ? (
          <Notice title={t('noResume')} hint={t('noResumeHint')}>
            <Button
              variant="default"
              renderRoot={(props) => <Link to="/upload" search={{ candidate: candidateId }} {...props} />}
            >
              {t('uploadFirst')}
            </Button>
          </Notice>
        ) : (
          <>
            <Table.ScrollContainer minWidth={560}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th ta="right">{t('version')}</Table.Th>
                    <Table.Th>{t('file')}</Table.Th>
                    <Table.Th>{t('uploaded')}</Table.Th>
                    <Table.Th>{t('lastScore')}</Table.Th>
                    <Table.Th>
                      <span className="sr-only">{t('actions')}</span>
                    </Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {resumes.map((resume) => (
                    <Row key={resume.id} resume={resume} onShow={() => setShown(resume.id)} />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            <Suspense>
              {shown ? <TextPreview resumeId={shown} onClose={() => setShown(null)} /> : null}
            </Suspense>
          </>
        )
      }
    </QueryView>
  );
}

function Row({ resume, onShow }: { resume: VersionList['resumes'][number]; onShow: () => void }) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const { day, number, bytes } = useFormats();
  const review = resume.last_review;
  const facts = [
    bytes(resume.file_size),
    resume.page_count ? t('pages', { count: resume.page_count }) : null,
    resume.warnings.length > 0 ? t('warnings', { count: resume.warnings.length }) : null,
  ];
  const failed = resume.status === 'error' || resume.status === 'cancelled';
  return (
    <Table.Tr>
      <Table.Td ta="right">{number(resume.version_number)}</Table.Td>
      <Table.Th scope="row" fw={400}>
        {resume.original_filename}
        <Text size="xs" c={failed ? 'var(--mantine-color-error)' : 'dimmed'}>
          {failed ? (resume.error_message ?? t('notRead')) : facts.filter(Boolean).join(' · ')}
        </Text>
      </Table.Th>
      <Table.Td>{day(resume.uploaded_at)}</Table.Td>
      <Table.Td>
        {review ? (
          <>
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to="/reviews/$reviewId" params={{ reviewId: review.analysis_id }} {...props} />
              )}
            >
              <Score score={review.overall_score} />
            </Anchor>
            <Text size="xs" c="dimmed">
              {common(`industry.${review.industry}` as MessageKey<'app'>)}
            </Text>
          </>
        ) : (
          <Score score={null} />
        )}
      </Table.Td>
      <Table.Td>
        <div className={classes.actions}>
          {failed ? null : (
            <Anchor
              size="sm"
              className={classes.action}
              aria-label={t('startOf', { version: resume.version_number })}
              renderRoot={(props) => <Link to="/upload" search={{ resume: resume.id }} {...props} />}
            >
              {t('startReview')}
            </Anchor>
          )}
          <Anchor
            component="button"
            type="button"
            size="sm"
            className={classes.action}
            aria-label={t('textOf', { version: resume.version_number })}
            onClick={onShow}
          >
            {t('text')}
          </Anchor>
          <Anchor
            component="button"
            type="button"
            size="sm"
            className={classes.action}
            aria-label={t('downloadOf', { version: resume.version_number })}
            onClick={() =>
              downloadFile(`/api/v1/resume_upload/${resume.id}/file`, resume.original_filename).catch(
                tellFailure,
              )
            }
          >
            {common('action.download')}
          </Anchor>
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
