import { Button, Checkbox, NativeSelect, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { analyzeResume, type FeedbackLanguage, type ReviewType, type StatusResponse } from '@/client';
import { getLimitsOptions } from '@/client/@tanstack/react-query.gen';
import { SidePanel } from '@/components/Overlay';
import { useNames } from './names';

type ReviewAgainProps = { status: StatusResponse; onClose: () => void };

/** The same resume once more: for another industry, in another language or depth, or simply anew. */
export function ReviewAgain({ status, onClose }: ReviewAgainProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const names = useNames();
  const navigate = useNavigate();
  const limits = useQuery({ ...getLimitsOptions(), staleTime: Number.POSITIVE_INFINITY });
  const [industry, setIndustry] = useState(status.industry);
  const [type, setType] = useState<ReviewType>(status.review_type);
  const [language, setLanguage] = useState(status.language);
  const [force, setForce] = useState(false);
  const ask = useMutation({
    mutationFn: () =>
      analyzeResume({
        path: { resume_id: status.resume_id },
        body: { industry, review_type: type, language: language as FeedbackLanguage, force },
        throwOnError: true,
      }),
    onSuccess: ({ data }) => {
      onClose();
      navigate({ to: '/reviews/$reviewId', params: { reviewId: data.analysis_id }, search: {} });
    },
    onError: tellFailure,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    ask.mutate();
  };
  const choices = (codes: string[] | undefined, say: (code: string) => string, chosen: string) =>
    (codes ?? [chosen]).map((value) => ({ value, label: say(value) }));
  return (
    <SidePanel opened onClose={onClose} title={t('again.title')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('again.about')}
          </Text>
          <NativeSelect
            label={common('industry.label')}
            value={industry}
            onChange={(event) => setIndustry(event.currentTarget.value)}
            data={choices(limits.data?.supported_industries, names.industry, industry)}
          />
          <NativeSelect
            label={common('reviewType.label')}
            value={type}
            onChange={(event) => setType(event.currentTarget.value as ReviewType)}
            data={choices(
              limits.data?.supported_review_types,
              (code) => common(`reviewType.${code as ReviewType}`),
              type,
            )}
          />
          <NativeSelect
            label={t('again.language')}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
            data={choices(limits.data?.supported_languages, names.language, language)}
          />
          <Checkbox
            label={t('again.force')}
            description={t('again.forceHint')}
            checked={force}
            onChange={(event) => setForce(event.currentTarget.checked)}
          />
          <Button type="submit" loading={ask.isPending} mt="xs">
            {t('again.start')}
          </Button>
        </Stack>
      </form>
    </SidePanel>
  );
}
