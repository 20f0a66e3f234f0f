import { Anchor, List, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { lazy, Suspense } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { ResumeResponse } from '@/client';
import { FileLine } from './FileLine';
import classes from './Upload.module.css';

const TextPreview = lazy(() => import('./TextPreview').then((module) => ({ default: module.TextPreview })));

/** A stored version: what was read of it, what to know before trusting it, and its text. */
export function ReadResume({ resume }: { resume: ResumeResponse }) {
  const { t } = useTranslation('resume_upload');
  const { day } = useFormats();
  const [open, { open: show, close }] = useDisclosure();
  const reading = resume.status === 'pending' || resume.status === 'processing';
  const facts = [
    t('version', { number: resume.version_number }),
    day(resume.uploaded_at),
    resume.page_count ? t('pages', { count: resume.page_count }) : null,
    resume.word_count ? t('words', { count: resume.word_count }) : null,
  ];
  return (
    <>
      <FileLine
        name={resume.original_filename}
        size={resume.file_size}
        state={reading ? t('reading') : facts.filter(Boolean).join(' · ')}
        share={reading ? resume.progress / 100 : null}
      />
      {resume.error_message ? (
        <Text role="alert" size="sm" c="var(--mantine-color-error)" lang="en">
          {resume.error_message}
        </Text>
      ) : null}
      <Warnings warnings={resume.warnings} />
      {resume.extracted_text ? (
        <Anchor component="button" type="button" size="sm" className={classes.inlineButton} onClick={show}>
          {t('showText')}
        </Anchor>
      ) : null}
      <Suspense>{open ? <TextPreview resumeId={resume.id} onClose={close} /> : null}</Suspense>
    </>
  );
}

export function Warnings({ warnings }: { warnings: ResumeResponse['warnings'] }) {
  const { t } = useTranslation('resume_upload');
  if (warnings.length === 0) return null;
  return (
    <List size="sm" c="var(--band-fair)" aria-label={t('warnings')} my={4}>
      {warnings.map(({ kind, page, detail }) => (
        <List.Item key={`${kind}-${page}-${detail}`}>
          {page ? `${t('onPage', { page })} ` : ''}
          <span lang="en">{detail}</span>
        </List.Item>
      ))}
    </List>
  );
}
