import { Anchor, Button, Group, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { PromptDetail, TrialItem } from '@/client';
import { listPromptTrialsOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { SidePanel } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { State } from '@/components/State';
import { NewTrial } from './NewTrial';
import { Trial } from './Trial';

const LATEST = 50;
export const TONES = { running: 'warning', completed: 'good', failed: 'bad', cancelled: 'quiet' } as const;

/** A new text against the published one on resumes of ours, side by side; nothing of it becomes a review. */
export function Trials({ prompt }: { prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const { trial } = useSearch({ from: '/inside/admin/admin/prompts/$name/$locale' });
  const navigate = useNavigate({ from: '/admin/prompts/$name/$locale' });
  const [adding, { open, close }] = useDisclosure();
  const trials = useQuery(listPromptTrialsOptions({ query: { page_size: LATEST } }));
  const choose = (id?: string) => navigate({ search: { part: 'trials', trial: id } });
  const columns: Column<TrialItem>[] = [
    {
      key: 'time',
      label: t('time'),
      heading: true,
      cell: (item) => (
        <Anchor component="button" size="sm" onClick={() => choose(item.id)}>
          {moment(item.created_at)}
        </Anchor>
      ),
    },
    {
      key: 'versions',
      label: t('versions'),
      cell: (item) => t('between', { old: item.current.version, newer: item.new.version }),
    },
    {
      key: 'industry',
      label: common('industry.label'),
      cell: (item) => common(`industry.${item.industry as 'ma_finance'}`),
    },
    {
      key: 'state',
      label: t('state'),
      cell: (item) => (
        <State tone={TONES[item.state]}>
          {t(`trialState.${item.state}`)} {item.done}/{item.total}
        </State>
      ),
    },
  ];
  return (
    <Stack gap="lg">
      <Group justify="space-between">
        <Text size="sm" c="dimmed" maw="44rem">
          {t('trialsHint')}
        </Text>
        <Button onClick={open}>{t('newTrial')}</Button>
      </Group>
      <QueryView query={trials}>
        {(data) => {
          const rows = data.trials.filter(
            (item) => item.name === prompt.name && item.locale === prompt.locale,
          );
          return rows.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noTrials')}
            </Text>
          ) : (
            <DataTable label={t('part.trials')} columns={columns} rows={rows} keyOf={(item) => item.id} />
          );
        }}
      </QueryView>
      {trial ? <Trial id={trial} /> : null}
      <SidePanel opened={adding} onClose={close} title={t('newTrial')} size="lg">
        {adding ? (
          <NewTrial
            prompt={prompt}
            onClose={close}
            onStarted={(id) => {
              close();
              choose(id);
            }}
          />
        ) : null}
      </SidePanel>
    </Stack>
  );
}
