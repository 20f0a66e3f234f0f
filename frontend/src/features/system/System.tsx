import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { LaneHealth, ModelHealth, Part, Readiness, System as SystemState } from '@/client';
import { getSystemStateOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Facts } from '@/components/Facts';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { State } from '@/components/State';
import { FailedJobs } from './FailedJobs';
import { Usage } from './Usage';

const LOOK_AGAIN_MS = 10_000;

export function System() {
  const { t } = useTranslation('system');
  const system = useQuery({ ...getSystemStateOptions(), refetchInterval: LOOK_AGAIN_MS });
  return (
    <Page title={t('system')} about={t('about')}>
      <Parts />
      <QueryView query={system}>
        {(data) => (
          <>
            <Platform system={data} />
            <Queue lanes={data.lanes} />
            <Models models={data.models} />
            {data.failed_chores.length > 0 ? <Chores system={data} /> : null}
          </>
        )}
      </QueryView>
      <FailedJobs />
      <Usage />
    </Page>
  );
}

function Parts() {
  const { t } = useTranslation('system');
  // 503 while a part has failed: the body says which one all the same.
  const parts = useQuery({
    queryKey: ['parts'],
    queryFn: async (): Promise<Readiness> => (await fetch('/health/ready')).json(),
    refetchInterval: LOOK_AGAIN_MS,
  });
  // A part that a newer server names is shown by its own name.
  const partName = (name: string) => (NAMED.includes(name as Named) ? t(`partName.${name as Named}`) : name);
  const columns: Column<[string, Part]>[] = [
    { key: 'part', label: t('part'), heading: true, cell: ([name]) => partName(name) },
    {
      key: 'state',
      label: t('state'),
      cell: ([, part]) => <State tone={TONES[part.state]}>{t(`states.${part.state}`)}</State>,
    },
    { key: 'reason', label: t('reason'), cell: ([, part]) => part.reason ?? '' },
  ];
  return (
    <Section title={t('parts')}>
      <QueryView query={parts}>
        {(data) => (
          <DataTable
            label={t('parts')}
            columns={columns}
            rows={Object.entries(data.parts)}
            keyOf={([name]) => name}
          />
        )}
      </QueryView>
    </Section>
  );
}

const NAMED = [
  'database',
  'queue',
  'storage',
  'rate_limits',
  'cache',
  'scanner',
  'provider',
  'redis',
] as const;
type Named = (typeof NAMED)[number];
const TONES = { ok: 'good', degraded: 'warning', off: 'quiet', failed: 'bad' } as const;

function Platform({ system }: { system: SystemState }) {
  const { t } = useTranslation('system');
  const { bytes, number } = useFormats();
  const { storage } = system;
  return (
    <Section title={t('platform')}>
      <Facts
        facts={[
          [t('version'), system.version],
          [t('engine'), system.engine],
          [t('workers'), number(system.live_workers)],
          [t('rateLimits'), t(system.rate_limits ? 'on' : 'off')],
          [t('database'), bytes(storage.database_bytes)],
          [t('files'), t('fileCount', { count: storage.files, size: bytes(storage.file_bytes) })],
        ]}
      />
    </Section>
  );
}

function Queue({ lanes }: { lanes: LaneHealth[] }) {
  const { t } = useTranslation('system');
  const { number, seconds } = useFormats();
  const count = (key: 'waiting' | 'running' | 'scheduled' | 'failed'): Column<LaneHealth> => ({
    key,
    label: t(key),
    numeric: true,
    cell: (lane) => number(lane[key]),
  });
  const columns: Column<LaneHealth>[] = [
    { key: 'lane', label: t('lane'), heading: true, cell: (lane) => lane.lane },
    count('waiting'),
    count('running'),
    count('scheduled'),
    count('failed'),
    {
      key: 'oldest',
      label: t('oldest'),
      numeric: true,
      cell: (lane) =>
        lane.oldest_waiting_seconds === null ? '–' : seconds(lane.oldest_waiting_seconds * 1e3),
    },
  ];
  return (
    <Section title={t('queue')}>
      <DataTable label={t('queue')} columns={columns} rows={lanes} keyOf={(lane) => lane.lane} />
    </Section>
  );
}

function Models({ models }: { models: ModelHealth[] }) {
  const { t } = useTranslation('system');
  const { number } = useFormats();
  const tones = { ok: 'good', failing: 'bad', unused: 'quiet' } as const;
  const columns: Column<ModelHealth>[] = [
    { key: 'model', label: t('model'), heading: true, cell: (item) => item.model },
    {
      key: 'state',
      label: t('state'),
      cell: (item) => <State tone={tones[item.state]}>{t(`modelState.${item.state}`)}</State>,
    },
    { key: 'calls', label: t('calls'), numeric: true, cell: (item) => number(item.calls) },
    { key: 'failed', label: t('faults'), numeric: true, cell: (item) => number(item.failed) },
    { key: 'fault', label: t('lastFault'), cell: (item) => item.last_fault ?? '' },
  ];
  return (
    <Section title={t('models')}>
      {models.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t('noModels')}
        </Text>
      ) : (
        <DataTable label={t('models')} columns={columns} rows={models} keyOf={(item) => item.model} />
      )}
    </Section>
  );
}

function Chores({ system }: { system: SystemState }) {
  const { t } = useTranslation('system');
  const { moment } = useFormats();
  return (
    <Section title={t('chores')}>
      <DataTable
        label={t('chores')}
        columns={[
          { key: 'name', label: t('chore'), heading: true, cell: (chore) => chore.name },
          { key: 'time', label: t('began'), cell: (chore) => moment(chore.started_at) },
          { key: 'fault', label: t('reason'), cell: (chore) => chore.fault },
        ]}
        rows={system.failed_chores}
        keyOf={(chore) => chore.name}
      />
    </Section>
  );
}
