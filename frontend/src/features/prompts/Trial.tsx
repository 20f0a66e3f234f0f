import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { ResumeResult, SideAnswer, SideFigures } from '@/client';
import {
  cancelPromptTrialMutation,
  getPromptTrialOptions,
  getPromptTrialQueryKey,
  getPromptTrialResultsOptions,
} from '@/client/@tanstack/react-query.gen';
import { DataTable } from '@/components/DataTable';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import classes from './Trial.module.css';

const LOOK_AGAIN_MS = 2_000;

export function Trial({ id }: { id: string }) {
  const { t } = useTranslation('prompts');
  const queries = useQueryClient();
  const path = { trial_id: id };
  const trial = useQuery({
    ...getPromptTrialOptions({ path }),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? LOOK_AGAIN_MS : false),
  });
  const done = trial.data?.done ?? 0;
  const results = useQuery({ ...getPromptTrialResultsOptions({ path }), enabled: done > 0 });
  const cancel = useMutation({
    ...cancelPromptTrialMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: getPromptTrialQueryKey({ path }) }),
    onError: tellFailure,
  });
  return (
    <QueryView query={trial}>
      {(data) => (
        <Section
          title={t('between', { old: data.current.version, newer: data.new.version })}
          actions={
            data.state === 'running' ? (
              <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate({ path })}>
                {t('cancelTrial')}
              </Button>
            ) : undefined
          }
        >
          <Figures current={data.current_figures} tried={data.new_figures} />
          {done > 0 ? (
            <QueryView query={results}>
              {(given) => (
                <Stack gap="lg">
                  {given.results.map((result) => (
                    <Sides key={result.resume_id} result={result} />
                  ))}
                </Stack>
              )}
            </QueryView>
          ) : null}
        </Section>
      )}
    </QueryView>
  );
}

type FiguresProps = { current: SideFigures; tried: SideFigures };

function Figures({ current, tried }: FiguresProps) {
  const { t } = useTranslation('prompts');
  const { number, money, seconds } = useFormats();
  const figures: [string, (side: SideFigures) => string][] = [
    [t('figure.answered'), (side) => number(side.answered)],
    [t('figure.failed'), (side) => number(side.failed)],
    [t('figure.quotes'), (side) => number(side.quotes)],
    [t('figure.dropped'), (side) => number(side.dropped)],
    [t('figure.tokens'), (side) => number(side.tokens)],
    [t('figure.cost'), (side) => (side.cost_usd === null ? '–' : money(side.cost_usd))],
    [t('figure.time'), (side) => (side.latency_ms === null ? '–' : seconds(side.latency_ms))],
  ];
  return (
    <DataTable
      label={t('figures')}
      columns={[
        { key: 'name', label: '', heading: true, cell: ([name]) => name },
        { key: 'current', label: t('current'), numeric: true, cell: ([, of]) => of(current) },
        { key: 'new', label: t('tried'), numeric: true, cell: ([, of]) => of(tried) },
      ]}
      rows={figures}
      keyOf={([name]) => name}
    />
  );
}

function Sides({ result }: { result: ResumeResult }) {
  const { t } = useTranslation('prompts');
  return (
    <div>
      <Text size="xs" c="dimmed" ff="monospace">
        {result.resume_id}
      </Text>
      {result.fault ? <Text size="sm">{result.fault}</Text> : null}
      <div className={classes.sides}>
        <Side title={t('current')} answer={result.current} />
        <Side title={t('tried')} answer={result.new} />
      </div>
    </div>
  );
}

function Side({ title, answer }: { title: string; answer: SideAnswer | null }) {
  const { t } = useTranslation('prompts');
  if (!answer) return <Text size="sm">–</Text>;
  return (
    <Stack gap="xs">
      <Text fw={600}>{title}</Text>
      {answer.fault ? <Text size="sm">{answer.fault}</Text> : null}
      <Group gap="md">
        {Object.entries(answer.points).map(([dimension, points]) => (
          <Text key={dimension} size="sm">
            {t(`dimension.${dimension as 'format'}`)} <b>{points}</b>
          </Text>
        ))}
      </Group>
      {answer.summary ? <Text size="sm">{answer.summary}</Text> : null}
      <ul className={classes.comments}>
        {answer.comments.map((comment) => (
          <li key={`${comment.quote}${comment.issue}`}>
            <q>{comment.quote}</q> {comment.verified ? '' : `(${t('unverified')})`}
            <br />
            {comment.issue} {comment.suggestion}
          </li>
        ))}
      </ul>
    </Stack>
  );
}
