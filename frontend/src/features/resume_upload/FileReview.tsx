import { Anchor, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { ApiError } from '@/app/api';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { said } from '@/app/problems';
import {
  type AnalyzeRequest,
  analyzeResume,
  type BatchItemResponse,
  confirmBatch,
  createCandidate,
  retryBatch,
} from '@/client';
import { getBatchQueryKey, getResumeOptions } from '@/client/@tanstack/react-query.gen';
import { Lines, QueryView } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import { useLiveBatch } from '@/features/bulk_upload/live';
import { bodyOf } from '@/features/candidates/details';
import { CandidateChoice } from './CandidateChoice';
import { FileLine } from './FileLine';
import { ReadResume } from './ReadResume';
import { ReviewForm } from './ReviewForm';
import { firstGuess, isComplete, knownCandidate, type Whose } from './whose';

const DUPLICATE = 'resumes.duplicate';

/** A single file that was sent without a candidate: it is read, its candidate confirmed, its review started. */
export function FileReview({ batchId }: { batchId: string }) {
  const batch = useLiveBatch(batchId);
  return (
    <QueryView query={batch}>
      {({ items: [item, ...others] }) =>
        item && others.length === 0 ? (
          <Single batchId={batchId} item={item} />
        ) : (
          <Navigate to="/uploads/$batchId" params={{ batchId }} replace />
        )
      }
    </QueryView>
  );
}

function Single({ batchId, item }: { batchId: string; item: BatchItemResponse }) {
  const { t } = useTranslation('resume_upload');
  const client = useQueryClient();
  const navigate = useNavigate();
  const [chosen, setChosen] = useState<Whose | null>(null);
  const [created, setCreated] = useState<string | null>(null);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const whose = chosen ?? firstGuess(item);

  async function candidate(): Promise<string> {
    const known = knownCandidate(whose, item.candidate) ?? created;
    if (known) return known;
    try {
      const answer = await createCandidate({ body: bodyOf(whose.details), throwOnError: true });
      setCreated(answer.data.candidate.id);
      return answer.data.candidate.id;
    } catch (error) {
      if (error instanceof ApiError) setErrors(error.fields);
      throw error;
    }
  }

  /** The stored version; null where a person should first know that it is there already. */
  async function attached(): Promise<string | null> {
    if (item.resume_id) return item.resume_id;
    const { data } = await confirmBatch({
      path: { batch_id: batchId },
      body: { items: [{ item_id: item.id, candidate_id: await candidate() }] },
      throwOnError: true,
    });
    client.setQueryData(getBatchQueryKey({ path: { batch_id: batchId } }), data);
    const now = data.items[0];
    return now?.code === DUPLICATE ? null : (now?.resume_id ?? null);
  }

  async function start(terms: AnalyzeRequest) {
    setErrors({});
    const resumeId = await attached();
    if (!resumeId) return;
    const { data } = await analyzeResume({ path: { resume_id: resumeId }, body: terms, throwOnError: true });
    await navigate({ to: '/reviews/$reviewId', params: { reviewId: data.analysis_id } });
  }

  const waiting = item.status === 'waiting';
  const reading = item.status === 'pending' || item.status === 'processing';
  return (
    <ReviewForm
      file={<ItemFile batchId={batchId} item={item} />}
      whose={
        reading ? (
          <Lines />
        ) : waiting ? (
          <CandidateChoice item={item} value={whose} onChange={setChosen} errors={errors} />
        ) : (
          <Decided item={item} />
        )
      }
      waitsFor={
        reading
          ? t('waits.reading')
          : waiting && !isComplete(whose, item.candidate)
            ? t('waits.candidate')
            : waiting || item.resume_id
              ? null
              : t('waits.file')
      }
      onStart={start}
    />
  );
}

function ItemFile({ batchId, item }: { batchId: string; item: BatchItemResponse }) {
  const { t } = useTranslation('resume_upload');
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const resume = useQuery({
    ...getResumeOptions({ path: { resume_id: item.resume_id ?? '' } }),
    enabled: item.resume_id !== null,
  });
  const retry = useMutation({
    mutationFn: () => retryBatch({ path: { batch_id: batchId }, throwOnError: true }),
    onSuccess: ({ data }) => client.setQueryData(getBatchQueryKey({ path: { batch_id: batchId } }), data),
    onError: tellFailure,
  });
  const reading = item.status === 'pending' || item.status === 'processing';
  const failed = item.status === 'error' || item.status === 'cancelled' || item.status === 'skipped';
  return (
    <>
      {resume.data ? (
        <ReadResume resume={resume.data} />
      ) : (
        <FileLine
          name={item.filename}
          size={item.file_size}
          state={t(reading ? 'reading' : failed ? 'notRead' : 'read')}
        />
      )}
      {item.message ? (
        <Text
          role="alert"
          size="sm"
          lang={said(item.code, item.message).lang}
          c={failed ? 'var(--mantine-color-error)' : 'var(--band-fair)'}
        >
          {said(item.code, item.message).text}
        </Text>
      ) : null}
      {item.code === DUPLICATE && item.candidate ? (
        <Text size="sm">
          {t('duplicateHint')}{' '}
          <Anchor
            renderRoot={(props) => (
              <Link
                to="/candidates/$candidateId"
                params={{ candidateId: item.candidate?.id ?? '' }}
                {...props}
              />
            )}
          >
            {t('toVersions')}
          </Anchor>
        </Text>
      ) : null}
      {failed ? (
        <Group gap="sm" mt="xs">
          <Button variant="default" renderRoot={(props) => <Link to="/upload" search={{}} {...props} />}>
            {t('another')}
          </Button>
          {item.can_retry ? (
            <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
              {common('state.retry')}
            </Button>
          ) : null}
        </Group>
      ) : null}
      {retry.error ? <Refused error={retry.error} /> : null}
    </>
  );
}

function Decided({ item }: { item: BatchItemResponse }) {
  const { t } = useTranslation('resume_upload');
  const { name } = useFormats();
  const candidate = item.candidate;
  if (!candidate) return <Text c="dimmed">{t('whose.nobody')}</Text>;
  return (
    <Anchor
      renderRoot={(props) => (
        <Link to="/candidates/$candidateId" params={{ candidateId: candidate.id }} {...props} />
      )}
    >
      {name(candidate)}
    </Anchor>
  );
}
