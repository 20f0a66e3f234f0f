import { Anchor, Button, Group, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import type { ExperimentItem, RolloutItem } from '@/client';
import {
  listExperimentsOptions,
  listRolloutsOptions,
  stopAllExperimentsMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { SidePanel } from '@/components/Overlay';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { State } from '@/components/State';
import { NewExperiment } from './NewExperiment';
import { NewRollout } from './NewRollout';

const LATEST = 50;
export const EXPERIMENT_TONES = { draft: 'quiet', running: 'good', stopped: 'quiet' } as const;
export const ROLLOUT_TONES = { active: 'good', paused: 'quiet', rolled_back: 'bad' } as const;

export function Experiments() {
  const { t } = useTranslation('experiments');
  const queries = useQueryClient();
  const stop = useMutation({
    ...stopAllExperimentsMutation(),
    onSuccess: ({ experiments, rollouts }) => {
      queries.invalidateQueries();
      tell(t('stoppedAll', { count: experiments.length + rollouts.length }));
    },
    onError: tellFailure,
  });
  return (
    <Page
      title={t('experiments')}
      about={t('about')}
      actions={
        <Button color="rust" loading={stop.isPending} onClick={() => stop.mutate({})}>
          {t('stopAll')}
        </Button>
      }
    >
      <ExperimentList />
      <RolloutList />
    </Page>
  );
}

function ExperimentList() {
  const { t } = useTranslation('experiments');
  const { moment, share } = useFormats();
  const [adding, { open, close }] = useDisclosure();
  const experiments = useQuery(listExperimentsOptions({ query: { page_size: LATEST } }));
  const columns: Column<ExperimentItem>[] = [
    {
      key: 'key',
      label: t('key'),
      heading: true,
      cell: (item) => (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to="/admin/experiments/$experimentId" params={{ experimentId: item.id }} {...props} />
          )}
        >
          {item.key}
        </Anchor>
      ),
    },
    {
      key: 'state',
      label: t('state'),
      cell: (item) => (
        <State tone={EXPERIMENT_TONES[item.status]}>{t(`experimentState.${item.status}`)}</State>
      ),
    },
    { key: 'metric', label: t('metric'), cell: (item) => t(`metrics.${item.metric as 'cost'}`) },
    { key: 'traffic', label: t('traffic'), numeric: true, cell: (item) => share(Number(item.traffic) / 100) },
    { key: 'time', label: t('started'), cell: (item) => (item.started_at ? moment(item.started_at) : '–') },
  ];
  return (
    <Section
      title={t('trying')}
      actions={
        <Button variant="default" onClick={open}>
          {t('newExperiment')}
        </Button>
      }
    >
      <QueryView query={experiments}>
        {(data) =>
          data.experiments.length === 0 ? (
            <Nothing>{t('noExperiments')}</Nothing>
          ) : (
            <DataTable
              label={t('trying')}
              columns={columns}
              rows={data.experiments}
              keyOf={(item) => item.id}
            />
          )
        }
      </QueryView>
      <SidePanel opened={adding} onClose={close} title={t('newExperiment')}>
        {adding ? <NewExperiment onClose={close} /> : null}
      </SidePanel>
    </Section>
  );
}

function RolloutList() {
  const { t } = useTranslation('experiments');
  const { moment, share } = useFormats();
  const [adding, { open, close }] = useDisclosure();
  const rollouts = useQuery(listRolloutsOptions());
  const columns: Column<RolloutItem>[] = [
    {
      key: 'key',
      label: t('key'),
      heading: true,
      cell: (item) => (
        <Anchor
          size="sm"
          renderRoot={(props) => (
            <Link to="/admin/rollouts/$rolloutId" params={{ rolloutId: item.id }} {...props} />
          )}
        >
          {item.key}
        </Anchor>
      ),
    },
    {
      key: 'state',
      label: t('state'),
      cell: (item) => <State tone={ROLLOUT_TONES[item.status]}>{t(`rolloutState.${item.status}`)}</State>,
    },
    { key: 'mode', label: t('mode'), cell: (item) => t(`modes.${item.mode}`) },
    { key: 'share', label: t('share'), numeric: true, cell: (item) => share(Number(item.percentage) / 100) },
    { key: 'time', label: t('changed'), cell: (item) => moment(item.updated_at) },
  ];
  return (
    <Section
      title={t('rollouts')}
      about={t('rolloutsHint')}
      actions={
        <Button variant="default" onClick={open}>
          {t('newRollout')}
        </Button>
      }
    >
      <QueryView query={rollouts}>
        {(data) =>
          data.rollouts.length === 0 ? (
            <Nothing>{t('noRollouts')}</Nothing>
          ) : (
            <DataTable
              label={t('rollouts')}
              columns={columns}
              rows={data.rollouts}
              keyOf={(item) => item.id}
            />
          )
        }
      </QueryView>
      <SidePanel opened={adding} onClose={close} title={t('newRollout')}>
        {adding ? <NewRollout onClose={close} /> : null}
      </SidePanel>
    </Section>
  );
}

function Nothing({ children }: { children: string }) {
  return (
    <Group>
      <Text size="sm" c="dimmed">
        {children}
      </Text>
    </Group>
  );
}
