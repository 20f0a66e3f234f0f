import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { ExperimentUnit, Metric } from '@/client';
import { createExperimentMutation, listExperimentsQueryKey } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { body, type Change, ChangeFields } from './ChangeFields';

export const UNITS: ExperimentUnit[] = ['candidate', 'resume', 'user'];
const METRICS: Metric[] = [
  'acceptance_rate',
  'quote_verified_rate',
  'error_rate',
  'cost',
  'latency',
  'drift',
];
const HALF = 50;

/** Two arms: what runs today, and the change. More arms are made through the API. */
export function NewExperiment({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('experiments');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [metric, setMetric] = useState<Metric>('acceptance_rate');
  const [unit, setUnit] = useState<ExperimentUnit>('candidate');
  const [traffic, setTraffic] = useState<string | number>(HALF);
  const [change, setChange] = useState<Change>({ kind: 'label', model: '' });
  const create = useMutation({
    ...createExperimentMutation(),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listExperimentsQueryKey() });
      onClose();
    },
  });
  const arms = [
    { name: 'control', weight: HALF },
    { name: 'change', weight: HALF, ...body(change) },
  ];
  return (
    <Form
      submit={common('action.create')}
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={() => create.mutate({ body: { key, metric, unit, traffic: Number(traffic), arms } })}
    >
      <TextInput
        label={t('key')}
        description={t('keyHint')}
        required
        withAsterisk={false}
        value={key}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      <ChangeFields change={change} onChange={setChange} />
      <NativeSelect
        label={t('metric')}
        value={metric}
        onChange={(event) => setMetric(event.currentTarget.value as Metric)}
        data={METRICS.map((value) => ({ value, label: t(`metrics.${value}`) }))}
      />
      <NativeSelect
        label={t('unit')}
        description={t('unitHint')}
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value as ExperimentUnit)}
        data={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
      />
      <NumberInput label={t('traffic')} suffix=" %" min={1} max={100} value={traffic} onChange={setTraffic} />
    </Form>
  );
}
