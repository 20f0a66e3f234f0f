import { Button, Group, NativeSelect, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { type CandidateResponse, type CandidateStatus, changeCandidate, createCandidate } from '@/client';
import { getCandidateQueryKey, listCandidatesQueryKey } from '@/client/@tanstack/react-query.gen';
import { SidePanel } from '@/components/Overlay';
import { Refused } from '@/components/Refused';
import { CandidateFields } from './CandidateFields';
import { bodyOf, detailsOf, NO_DETAILS } from './details';
import { STATUSES } from './search';

type CandidateDrawerProps = {
  /** Absent: a new one. */
  candidate?: CandidateResponse;
  onClose: () => void;
  onDone: (candidate: CandidateResponse) => void;
};

export function CandidateDrawer({ candidate, onClose, onDone }: CandidateDrawerProps) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const [details, setDetails] = useState(candidate ? detailsOf(candidate) : NO_DETAILS);
  const [status, setStatus] = useState<CandidateStatus>(candidate?.status ?? 'active');
  const save = useMutation({
    mutationFn: async () => {
      const body = bodyOf(details);
      if (!candidate) return (await createCandidate({ body, throwOnError: true })).data.candidate;
      const path = { candidate_id: candidate.id };
      return (await changeCandidate({ path, body: { ...body, status }, throwOnError: true })).data;
    },
    onSuccess: (saved) => {
      client.setQueryData(getCandidateQueryKey({ path: { candidate_id: saved.id } }), saved);
      client.invalidateQueries({ queryKey: listCandidatesQueryKey() });
      onDone(saved);
    },
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    save.mutate();
  };
  const fields = save.error instanceof ApiError ? save.error.fields : {};

  return (
    <SidePanel opened onClose={onClose} title={t(candidate ? 'edit' : 'create')}>
      <form onSubmit={submit}>
        <Stack gap="md">
          <CandidateFields value={details} onChange={setDetails} errors={fields} />
          {candidate ? (
            <NativeSelect
              label={t('status.label')}
              value={status}
              onChange={(event) => setStatus(event.currentTarget.value as CandidateStatus)}
              data={STATUSES.map((code) => ({ value: code, label: t(`status.${code}`) }))}
            />
          ) : null}
          {save.error ? <Refused error={save.error} /> : null}
          <Group gap="sm">
            <Button type="submit" loading={save.isPending}>
              {common(candidate ? 'action.save' : 'action.create')}
            </Button>
            <Button variant="default" onClick={onClose}>
              {common('action.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </SidePanel>
  );
}
