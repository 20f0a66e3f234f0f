import { Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { JobItem } from '@/client';
import {
  dropJobMutation,
  listJobsOptions,
  listJobsQueryKey,
  retryJobMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';

const LATEST = 50;

export function FailedJobs() {
  const { t } = useTranslation('system');
  const { moment, number } = useFormats();
  const queries = useQueryClient();
  const query = { state: 'failed', page_size: LATEST } as const;
  const jobs = useQuery(listJobsOptions({ query }));
  const outcome = {
    onSuccess: () => queries.invalidateQueries({ queryKey: listJobsQueryKey({ query }) }),
    onError: tellFailure,
  };
  const retry = useMutation({ ...retryJobMutation(), ...outcome });
  const drop = useMutation({ ...dropJobMutation(), ...outcome });
  const columns: Column<JobItem>[] = [
    { key: 'job', label: t('job'), heading: true, cell: (item) => item.job },
    {
      key: 'subject',
      label: t('subject'),
      cell: (item) => (
        <Text size="xs" ff="monospace">
          {item.subject ?? '–'}
        </Text>
      ),
    },
    { key: 'reason', label: t('reason'), cell: (item) => item.reason ?? '–' },
    { key: 'runs', label: t('runs'), numeric: true, cell: (item) => number(item.runs) },
    { key: 'time', label: t('failedAt'), cell: (item) => (item.failed_at ? moment(item.failed_at) : '–') },
    {
      key: 'do',
      label: '',
      numeric: true,
      cell: (item) => (
        <Group gap={4} justify="flex-end" wrap="nowrap">
          <Button variant="default" size="xs" onClick={() => retry.mutate({ path: { job_id: item.id } })}>
            {t('retry')}
          </Button>
          <Button variant="default" size="xs" onClick={() => drop.mutate({ path: { job_id: item.id } })}>
            {t('drop')}
          </Button>
        </Group>
      ),
    },
  ];
  return (
    <Section title={t('jobs')}>
      <QueryView query={jobs}>
        {(data) =>
          data.jobs.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noJobs')}
            </Text>
          ) : (
            <DataTable
              label={t('jobs')}
              columns={columns}
              rows={data.jobs}
              keyOf={(item) => String(item.id)}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
