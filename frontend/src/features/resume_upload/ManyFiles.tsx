import { Button, Checkbox, CloseButton, Group, Progress, Stack, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { BatchResponse, LimitsResponse } from '@/client';
import { getBatchQueryKey } from '@/client/@tanstack/react-query.gen';
import { Refused } from '@/components/Refused';
import { Section } from '@/components/Section';
import { refusalOf, sharesSent } from './checks';
import { remember, rememberedChoice } from './choice';
import { ReviewChoice } from './ReviewChoice';
import classes from './Upload.module.css';
import { useSending } from './useSending';

type ManyFilesProps = {
  files: File[];
  limits: LimitsResponse;
  /** False where only one file is wanted and this one is refused. */
  sendable: boolean;
  onRemove: (file: File) => void;
};

/** Files before they are sent together: what is refused already, and what happens to the others. */
export function ManyFiles({ files, limits, sendable, onRemove }: ManyFilesProps) {
  const { t, language } = useTranslation('resume_upload');
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [choice, setChoice] = useState(() => rememberedChoice(limits.supported_industries));
  const [review, setReview] = useState(true);
  const [auto, setAuto] = useState(true);
  const [asked, setAsked] = useState(false);
  useEffect(() => remember(choice), [choice]);

  const good = files.filter((file) => refusalOf(file, limits) === null);
  const upload = useSending<BatchResponse>((batch) => {
    client.setQueryData(getBatchQueryKey({ path: { batch_id: batch.batch_id } }), batch);
    navigate({ to: '/uploads/$batchId', params: { batchId: batch.batch_id } });
  });
  const sending = upload.status === 'sending';
  const shares = sharesSent(
    good.map((file) => file.size),
    upload.sent,
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (review && !choice.industry) return;
    const form = new FormData();
    for (const file of good) form.append('files', file, file.name);
    form.append('auto', String(auto));
    if (review && choice.industry) {
      const wish = {
        industry: choice.industry,
        language: choice.language ?? language,
        type: choice.review_type,
      };
      form.append('review', JSON.stringify(wish));
    }
    upload.start('/api/v1/resume_upload/batch', form);
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <ul className={classes.files} aria-label={t('files')}>
          {files.map((file) => (
            <FileRow
              key={`${file.name}-${file.size}-${file.lastModified}`}
              file={file}
              limits={limits}
              share={sending ? (shares[good.indexOf(file)] ?? null) : null}
              onRemove={sending ? undefined : () => onRemove(file)}
            />
          ))}
        </ul>
        {sendable && good.length > 0 ? (
          <>
            <Section title={t('choice.title')}>
              <Stack gap="sm">
                <Checkbox
                  label={t('reviewAll')}
                  checked={review}
                  onChange={(event) => setReview(event.currentTarget.checked)}
                />
                {review ? (
                  <ReviewChoice limits={limits} value={choice} onChange={setChoice} missing={asked} many />
                ) : null}
                <Checkbox
                  label={t('auto')}
                  description={t('autoHint')}
                  checked={auto}
                  onChange={(event) => setAuto(event.currentTarget.checked)}
                />
              </Stack>
            </Section>
            {upload.error ? <Refused error={upload.error} /> : null}
            <Group gap="sm">
              <Button type="submit" loading={sending}>
                {t('sendFiles', { count: good.length })}
              </Button>
              {sending ? (
                <Button variant="default" onClick={upload.cancel}>
                  {common('action.cancel')}
                </Button>
              ) : null}
            </Group>
          </>
        ) : null}
      </Stack>
    </form>
  );
}

type FileRowProps = { file: File; limits: LimitsResponse; share: number | null; onRemove?: () => void };

function FileRow({ file, limits, share, onRemove }: FileRowProps) {
  const { t } = useTranslation('resume_upload');
  const { bytes } = useFormats();
  const refusal = refusalOf(file, limits);
  return (
    <li>
      <Text size="sm" className={classes.name}>
        {file.name}
      </Text>
      <Text size="sm" c="dimmed">
        {bytes(file.size)}
      </Text>
      {onRemove ? (
        <CloseButton aria-label={t('remove', { name: file.name })} onClick={onRemove} />
      ) : (
        <Progress value={(share ?? 0) * 100} w="6rem" aria-label={t('sendingFile', { name: file.name })} />
      )}
      {refusal ? (
        <Text size="sm" c="var(--mantine-color-error)" className={classes.reason}>
          {t(`refusal.${refusal}`, { megabytes: limits.max_file_size_mb })}
        </Text>
      ) : null}
    </li>
  );
}
