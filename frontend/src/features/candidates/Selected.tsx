import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import { archiveCandidate, type CandidateItem } from '@/client';
import { listCandidatesQueryKey } from '@/client/@tanstack/react-query.gen';

const Assign = lazy(() => import('./Assign').then((module) => ({ default: module.Assign })));
const HandOver = lazy(() => import('./HandOver').then((module) => ({ default: module.HandOver })));

/** What can be done with several candidates at once. */
export function Selected({ candidates, onDone }: { candidates: CandidateItem[]; onDone: () => void }) {
  const { t } = useTranslation('candidates');
  const client = useQueryClient();
  const [asking, setAsking] = useState<'assign' | 'handOver' | null>(null);
  const ids = candidates.map(({ id }) => id);
  const finished = (message: string) => {
    client.invalidateQueries({ queryKey: listCandidatesQueryKey() });
    setAsking(null);
    onDone();
    tell(message);
  };
  const archive = useMutation({
    mutationFn: async () => {
      for (const id of ids) await archiveCandidate({ path: { candidate_id: id }, throwOnError: true });
    },
    onSuccess: () => finished(t('archived', { count: ids.length })),
    onError: tellFailure,
  });
  return (
    <Group gap="sm" role="group" aria-label={t('chosen', { count: ids.length })}>
      <Text size="sm" fw={600} role="status">
        {t('chosen', { count: ids.length })}
      </Text>
      <Button size="compact-sm" variant="default" onClick={() => setAsking('assign')}>
        {t('assign.title')}
      </Button>
      <Button size="compact-sm" variant="default" onClick={() => setAsking('handOver')}>
        {t('handOver.title')}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={archive.isPending}
        onClick={() => archive.mutate()}
      >
        {t('archive')}
      </Button>
      <Suspense>
        {asking === 'assign' ? (
          <Assign
            candidateIds={ids}
            onClose={() => setAsking(null)}
            onDone={() => finished(t('assign.done', { count: ids.length }))}
          />
        ) : null}
        {asking === 'handOver' ? (
          <HandOver
            candidateIds={ids}
            onClose={() => setAsking(null)}
            onDone={(moved) => finished(t('handOver.done', { count: moved }))}
          />
        ) : null}
      </Suspense>
    </Group>
  );
}
