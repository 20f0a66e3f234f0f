import { Button, Progress, Stack } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { analyzeResume, type LimitsResponse } from '@/client';
import { SidePanel } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import { remember, rememberedChoice } from '@/features/resume_upload/choice';
import { limitsOptions } from '@/features/resume_upload/limits';
import { ReviewChoice } from '@/features/resume_upload/ReviewChoice';
import { useLookAgain } from './reviews';

type StartReviewsProps = {
  batchId: string;
  resumeIds: string[];
  onClose: () => void;
};

/** Reviews for those resumes of a bulk upload that have none. */
export function StartReviews(props: StartReviewsProps) {
  const { t } = useTranslation('bulk_upload');
  const limits = useQuery(limitsOptions());
  return (
    <SidePanel opened onClose={props.onClose} title={t('startReviews', { count: props.resumeIds.length })}>
      <QueryView query={limits}>{(known) => <Choose limits={known} {...props} />}</QueryView>
    </SidePanel>
  );
}

function Choose({ limits, batchId, resumeIds, onClose }: StartReviewsProps & { limits: LimitsResponse }) {
  const { t, language } = useTranslation('bulk_upload');
  const [choice, setChoice] = useState(() => rememberedChoice(limits.supported_industries));
  const [asked, setAsked] = useState(false);
  const [begun, setBegun] = useState(0);
  const look = useLookAgain(batchId);
  const start = useMutation({
    mutationFn: async (industry: string) => {
      const body = { ...choice, industry, language: choice.language ?? language, bulk: true };
      // What was begun before a refusal stays begun; the next attempt goes on with the rest.
      for (const resumeId of resumeIds) {
        await analyzeResume({ path: { resume_id: resumeId }, body, throwOnError: true });
        setBegun((count) => count + 1);
      }
    },
    onSettled: look,
    onSuccess: onClose,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (!choice.industry) return;
    remember(choice);
    setBegun(0);
    start.mutate(choice.industry);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <ReviewChoice limits={limits} value={choice} onChange={setChoice} missing={asked} many />
        {start.error ? <Refused error={start.error} /> : null}
        {start.isPending ? (
          <Progress value={(begun / resumeIds.length) * 100} aria-label={t('starting')} />
        ) : null}
        <Button type="submit" loading={start.isPending}>
          {t('startReviews', { count: resumeIds.length })}
        </Button>
      </Stack>
    </form>
  );
}
