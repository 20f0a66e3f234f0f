import { Alert, Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { ApiError } from '@/app/api';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { ExperimentItem } from '@/client';
import {
  deleteExperimentMutation,
  getExperimentOptions,
  getExperimentResultsOptions,
  startExperimentMutation,
  stopExperimentMutation,
} from '@/client/@tanstack/react-query.gen';
import { Facts } from '@/components/Facts';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { State } from '@/components/State';
import { Arms } from './Arms';
import { EXPERIMENT_TONES } from './Experiments';

const RATIO = 'experiments.sample_ratio';

export function Experiment() {
  const { t } = useTranslation('experiments');
  const { experimentId } = useParams({ from: '/inside/admin/admin/experiments/$experimentId' });
  const path = { experiment_id: experimentId };
  const experiment = useQuery(getExperimentOptions({ path }));
  return (
    <Page
      title={experiment.data?.key ?? t('experiment')}
      crumbs={[{ label: t('experiments'), to: '/admin/experiments' }]}
      actions={experiment.data ? <Actions experiment={experiment.data} /> : undefined}
    >
      <QueryView query={experiment}>
        {(data) => (
          <>
            <About experiment={data} />
            {data.status === 'draft' ? null : <Results id={data.id} />}
          </>
        )}
      </QueryView>
    </Page>
  );
}

function Actions({ experiment }: { experiment: ExperimentItem }) {
  const { t } = useTranslation('experiments');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const path = { experiment_id: experiment.id };
  const outcome = { onSuccess: () => queries.invalidateQueries(), onError: tellFailure };
  const start = useMutation({ ...startExperimentMutation(), ...outcome });
  const stop = useMutation({ ...stopExperimentMutation(), ...outcome });
  const remove = useMutation({
    ...deleteExperimentMutation(),
    onSuccess: () => {
      queries.invalidateQueries();
      navigate({ to: '/admin/experiments' });
    },
    onError: tellFailure,
  });
  if (experiment.status === 'running') {
    return (
      <Button color="rust" loading={stop.isPending} onClick={() => stop.mutate({ path })}>
        {t('stop')}
      </Button>
    );
  }
  if (experiment.status !== 'draft') return null;
  return (
    <>
      <Button variant="default" loading={remove.isPending} onClick={() => remove.mutate({ path })}>
        {common('action.delete')}
      </Button>
      <Button loading={start.isPending} onClick={() => start.mutate({ path })}>
        {t('start')}
      </Button>
    </>
  );
}

function About({ experiment }: { experiment: ExperimentItem }) {
  const { t } = useTranslation('experiments');
  const { moment, share } = useFormats();
  const time = (value: string | null) => (value ? moment(value) : '–');
  return (
    <Facts
      facts={[
        [
          t('state'),
          <State key="state" tone={EXPERIMENT_TONES[experiment.status]}>
            {t(`experimentState.${experiment.status}`)}
          </State>,
        ],
        [t('metric'), t(`metrics.${experiment.metric as 'cost'}`)],
        [t('unit'), t(`units.${experiment.unit}`)],
        [t('traffic'), share(Number(experiment.traffic) / 100)],
        [t('arms'), experiment.arms.map((arm) => `${arm.name} (${arm.weight} %)`).join(', ')],
        [t('started'), time(experiment.started_at)],
        [t('stopped'), `${time(experiment.stopped_at)} ${experiment.stop_reason ?? ''}`],
      ]}
    />
  );
}

function Results({ id }: { id: string }) {
  const { t } = useTranslation('experiments');
  const results = useQuery(getExperimentResultsOptions({ path: { experiment_id: id } }));
  if (results.error instanceof ApiError && results.error.code === RATIO) {
    return (
      <Alert color="rust" title={t('ratio')}>
        {results.error.message}
      </Alert>
    );
  }
  return (
    <Section title={t('results')} about={t('resultsHint')}>
      <QueryView query={results}>{(data) => <Arms arms={data.arms} />}</QueryView>
    </Section>
  );
}
