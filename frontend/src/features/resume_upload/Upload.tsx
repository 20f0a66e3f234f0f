import { Stack, Text } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { BatchResponse, LimitsResponse, UploadResponse } from '@/client';
import { getBatchQueryKey, getResumeQueryKey } from '@/client/@tanstack/react-query.gen';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { isArchive, refusalOf } from './checks';
import { forgetOwn } from './choice';
import { DropArea } from './DropArea';
import { FileReview } from './FileReview';
import { forgetHandedOver, handedOver } from './handover';
import { limitsOptions } from './limits';
import { ManyFiles } from './ManyFiles';
import { OneFile } from './OneFile';
import { Owner, ResumeReview } from './ResumeReview';

/** From a dropped file to its review; the address says how far a file has come. */
export function Upload() {
  const { batch, candidate, resume } = useSearch({ from: '/inside/upload' });
  useEffect(() => forgetOwn, []);
  if (resume) return <ResumeReview resumeId={resume} />;
  if (batch) return <FileReview batchId={batch} />;
  return <NewUpload key={candidate} candidateId={candidate} />;
}

function NewUpload({ candidateId }: { candidateId?: string }) {
  const { t } = useTranslation('resume_upload');
  const limits = useQuery(limitsOptions());
  const [files, setFiles] = useState(handedOver);
  useEffect(() => {
    forgetHandedOver();
    forgetOwn();
  }, []);
  const only = files[0];

  if (limits.data && only && sentAlone(files, limits.data, candidateId)) {
    return <Sent file={only} candidateId={candidateId} onAnother={() => setFiles([])} />;
  }
  return (
    <Page title={t('upload')} about={candidateId ? <Owner candidateId={candidateId} /> : t('about')}>
      <QueryView query={limits}>
        {(known) => (
          <Stack gap="lg" maw="48rem">
            <DropArea
              main={files.length === 0}
              multiple={!candidateId}
              onFiles={(more) => setFiles((before) => (candidateId ? more : [...before, ...more]))}
            />
            {files.length > 0 ? (
              <ManyFiles
                files={files}
                limits={known}
                sendable={!candidateId}
                onRemove={(gone) => setFiles((before) => before.filter((file) => file !== gone))}
              />
            ) : (
              <Text size="sm" c="dimmed">
                {t(candidateId ? 'nextVersion' : 'whatHappens')}
              </Text>
            )}
          </Stack>
        )}
      </QueryView>
    </Page>
  );
}

function sentAlone(files: File[], limits: LimitsResponse, candidateId?: string): boolean {
  const [file] = files;
  if (!file || files.length > 1 || refusalOf(file, limits)) return false;
  return candidateId !== undefined || !isArchive(file);
}

type SentProps = { file: File; candidateId?: string; onAnother: () => void };

/** One file: to its candidate when that is known, otherwise to be read first. */
function Sent({ file, candidateId, onAnother }: SentProps) {
  const client = useQueryClient();
  const navigate = useNavigate();
  if (candidateId) {
    return (
      <OneFile<UploadResponse>
        file={file}
        part="file"
        path={`/api/v1/resume_upload/candidates/${candidateId}/resumes`}
        whose={<Owner candidateId={candidateId} />}
        onAnother={onAnother}
        onDone={(resume) => {
          client.setQueryData(getResumeQueryKey({ path: { resume_id: resume.id } }), resume);
          navigate({ to: '/upload', search: { resume: resume.id }, replace: true });
        }}
      />
    );
  }
  return (
    <OneFile<BatchResponse>
      file={file}
      part="files"
      path="/api/v1/resume_upload/batch"
      onAnother={onAnother}
      onDone={(batch) => {
        client.setQueryData(getBatchQueryKey({ path: { batch_id: batch.batch_id } }), batch);
        navigate({ to: '/upload', search: { batch: batch.batch_id }, replace: true });
      }}
    />
  );
}
