import { Alert, Button, Group } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { RolloutItem } from '@/client';
import {
  getRolloutOptions,
  getRolloutResultsOptions,
  pauseRolloutMutation,
  restartRolloutMutation,
  setRolloutStageMutation,
} from '@/client/@tanstack/react-query.gen';
import { Facts } from '@/components/Facts';
import { Page } from '@/components/Page';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { State } from '@/components/State';
import { Arms } from './Arms';
import { ROLLOUT_TONES } from './Experiments';
import { reachable, STAGES } from './stages';

export function Rollout() {
  const { t } = useTranslation('experiments');
  const { rolloutId } = useParams({ from: '/inside/admin/admin/rollouts/$rolloutId' });
  const path = { rollout_id: rolloutId };
  const rollout = useQuery(getRolloutOptions({ path }));
  const results = useQuery(getRolloutResultsOptions({ path }));
  return (
    <Page
      title={rollout.data?.key ?? t('rollout')}
      crumbs={[{ label: t('experiments'), to: '/admin/experiments' }]}
      actions={rollout.data ? <Actions rollout={rollout.data} /> : undefined}
    >
      <QueryView query={rollout}>
        {(data) => (
          <>
            {data.rollback_reason ? (
              <Alert color="rust" title={t('rolledBack')}>
                {data.rollback_reason}
              </Alert>
            ) : null}
            <About rollout={data} />
            {data.status === 'active' && data.mode === 'live' ? <Stages rollout={data} /> : null}
          </>
        )}
      </QueryView>
      <Section title={t('results')} about={t('resultsHint')}>
        <QueryView query={results}>{(data) => <Arms arms={data.arms} />}</QueryView>
      </Section>
    </Page>
  );
}

function useOutcome() {
  const queries = useQueryClient();
  return { onSuccess: () => queries.invalidateQueries(), onError: tellFailure };
}

function Actions({ rollout }: { rollout: RolloutItem }) {
  const { t } = useTranslation('experiments');
  const outcome = useOutcome();
  const path = { rollout_id: rollout.id };
  const pause = useMutation({ ...pauseRolloutMutation(), ...outcome });
  const restart = useMutation({ ...restartRolloutMutation(), ...outcome });
  return rollout.status === 'active' ? (
    <Button color="rust" loading={pause.isPending} onClick={() => pause.mutate({ path })}>
      {t('stop')}
    </Button>
  ) : (
    <Button variant="default" loading={restart.isPending} onClick={() => restart.mutate({ path })}>
      {t('restart')}
    </Button>
  );
}

function About({ rollout }: { rollout: RolloutItem }) {
  const { t } = useTranslation('experiments');
  const { moment, share, money } = useFormats();
  const limits = t('shadowLimits', {
    count: rollout.shadow_per_day,
    money: money(rollout.shadow_usd_per_day),
  });
  return (
    <Facts
      facts={[
        [
          t('state'),
          <State key="state" tone={ROLLOUT_TONES[rollout.status]}>
            {t(`rolloutState.${rollout.status}`)}
          </State>,
        ],
        [t('mode'), t(`modes.${rollout.mode}`)],
        [
          t('change'),
          Object.entries(rollout.change)
            .map(([name, value]) => `${name}: ${value}`)
            .join(', '),
        ],
        [t('unit'), t(`units.${rollout.unit}`)],
        [t('share'), share(Number(rollout.percentage) / 100)],
        ...(rollout.mode === 'shadow' ? [[t('limits'), limits] as const] : []),
        [t('changed'), moment(rollout.updated_at)],
      ]}
    />
  );
}

function Stages({ rollout }: { rollout: RolloutItem }) {
  const { t } = useTranslation('experiments');
  const { share } = useFormats();
  const now = Number(rollout.percentage);
  const set = useMutation({ ...setRolloutStageMutation(), ...useOutcome() });
  return (
    <Section title={t('stage')} about={t('stageHint')}>
      <Group gap="xs">
        {STAGES.map((stage) => (
          <Button
            key={stage}
            variant={stage === now ? 'filled' : 'default'}
            aria-pressed={stage === now}
            disabled={!reachable(now, stage)}
            loading={set.isPending && set.variables?.body.percentage === stage}
            onClick={() => set.mutate({ path: { rollout_id: rollout.id }, body: { percentage: stage } })}
          >
            {share(stage / 100)}
          </Button>
        ))}
      </Group>
    </Section>
  );
}
