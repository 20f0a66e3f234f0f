import { Anchor, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { type AnalyzeRequest, analyzeResume, cancelResume, type ResumeResponse, retryResume } from '@/client';
import { getCandidateOptions, getResumeOptions, getResumeQueryKey } from '@/client/@tanstack/react-query.gen';
import { QueryView } from '@/components/QueryView';
import { ReadResume } from './ReadResume';
import { ReviewForm } from './ReviewForm';

const AGAIN_MS = 1_500;

function beingRead(resume: ResumeResponse | undefined): boolean {
  return resume?.status === 'pending' || resume?.status === 'processing';
}

/** A stored version of a known candidate, to be reviewed. */
export function ResumeReview({ resumeId }: { resumeId: string }) {
  const resume = useQuery({
    ...getResumeOptions({ path: { resume_id: resumeId } }),
    refetchInterval: ({ state }) => (beingRead(state.data) ? AGAIN_MS : false),
  });
  return <QueryView query={resume}>{(known) => <Known resume={known} />}</QueryView>;
}

function Known({ resume }: { resume: ResumeResponse }) {
  const { t } = useTranslation('resume_upload');
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const navigate = useNavigate();
  const look = () =>
    client.invalidateQueries({ queryKey: getResumeQueryKey({ path: { resume_id: resume.id } }) });
  const path = { resume_id: resume.id };
  const stop = useMutation({
    mutationFn: () => cancelResume({ path, throwOnError: true }),
    onSuccess: look,
    onError: tellFailure,
  });
  const retry = useMutation({
    mutationFn: () => retryResume({ path, throwOnError: true }),
    onSuccess: look,
    onError: tellFailure,
  });

  async function start(terms: AnalyzeRequest) {
    const { data } = await analyzeResume({ path, body: terms, throwOnError: true });
    await navigate({ to: '/reviews/$reviewId', params: { reviewId: data.analysis_id } });
  }

  const failed = resume.status === 'error' || resume.status === 'cancelled';
  return (
    <ReviewForm
      file={
        <>
          <ReadResume resume={resume} />
          {beingRead(resume) ? (
            <Button variant="default" loading={stop.isPending} onClick={() => stop.mutate()}>
              {common('action.cancel')}
            </Button>
          ) : null}
          {failed ? (
            <Button variant="default" loading={retry.isPending} onClick={() => retry.mutate()}>
              {common('state.retry')}
            </Button>
          ) : null}
        </>
      }
      whose={<Owner candidateId={resume.candidate_id} />}
      waitsFor={beingRead(resume) ? t('waits.reading') : failed ? t('waits.file') : null}
      onStart={start}
    />
  );
}

export function Owner({ candidateId }: { candidateId: string }) {
  const { name } = useFormats();
  const candidate = useQuery(getCandidateOptions({ path: { candidate_id: candidateId } }));
  return (
    <QueryView query={candidate}>
      {(known) => (
        <Anchor
          renderRoot={(props) => <Link to="/candidates/$candidateId" params={{ candidateId }} {...props} />}
        >
          {name(known)}
        </Anchor>
      )}
    </QueryView>
  );
}
