import { Button, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { AnalyzeRequest, LimitsResponse } from '@/client';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import { Section } from '@/components/Section';
import { type Choice, remember, rememberedChoice } from './choice';
import { limitsOptions } from './limits';
import { ReviewChoice } from './ReviewChoice';
import classes from './Upload.module.css';

type ReviewFormProps = {
  file: ReactNode;
  whose: ReactNode;
  /** Why the review cannot be started yet; null when it can. */
  waitsFor: string | null;
  /** Carries out what was decided and starts the review. */
  onStart: (terms: AnalyzeRequest) => Promise<unknown>;
};

/** One resume on its way to a review: the file, whose it is, what it is judged for, and one button. */
export function ReviewForm(props: ReviewFormProps) {
  const { t } = useTranslation('resume_upload');
  const limits = useQuery(limitsOptions());
  return (
    <Page title={t('upload')}>
      <QueryView query={limits}>{(known) => <Loaded limits={known} {...props} />}</QueryView>
    </Page>
  );
}

function Loaded({ limits, file, whose, waitsFor, onStart }: ReviewFormProps & { limits: LimitsResponse }) {
  const { t, language } = useTranslation('resume_upload');
  const [choice, setChoice] = useState<Choice>(() => rememberedChoice(limits.supported_industries));
  const [asked, setAsked] = useState(false);
  const start = useMutation({ mutationFn: onStart });
  useEffect(() => remember(choice), [choice]);

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (waitsFor !== null || !choice.industry) return;
    start.mutate({ ...choice, industry: choice.industry, language: choice.language ?? language });
  };

  return (
    <form onSubmit={submit} noValidate>
      <div className={classes.columns}>
        <div className={classes.column}>
          <Section title={t('file')}>{file}</Section>
          <Section title={t('whose.title')}>{whose}</Section>
        </div>
        <div className={classes.column}>
          <Section title={t('choice.title')}>
            <ReviewChoice limits={limits} value={choice} onChange={setChoice} missing={asked} />
          </Section>
          {start.error ? <Refused error={start.error} /> : null}
          <div>
            <Button
              type="submit"
              loading={start.isPending}
              data-disabled={waitsFor !== null || undefined}
              aria-disabled={waitsFor !== null}
              aria-describedby="waits-for"
            >
              {t('start')}
            </Button>
            <Text id="waits-for" size="sm" c="dimmed" mt={4} mih="1.5em">
              {waitsFor}
            </Text>
          </div>
        </div>
      </div>
    </form>
  );
}
