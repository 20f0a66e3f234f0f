import { NativeSelect, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import type { ExperimentUnit, RolloutMode } from '@/client';
import { createRolloutMutation, listRolloutsQueryKey } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { body, type Change, ChangeFields } from './ChangeFields';
import { UNITS } from './NewExperiment';

const MODES: RolloutMode[] = ['live', 'shadow'];

export function NewRollout({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('experiments');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const [key, setKey] = useState('');
  const [mode, setMode] = useState<RolloutMode>('live');
  const [unit, setUnit] = useState<ExperimentUnit>('candidate');
  const [change, setChange] = useState<Change>({ kind: 'label', model: '' });
  const create = useMutation({
    ...createRolloutMutation(),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listRolloutsQueryKey() });
      onClose();
    },
  });
  return (
    <Form
      submit={common('action.create')}
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={() => create.mutate({ body: { key, mode, unit, change: body(change) } })}
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
        label={t('mode')}
        description={t(`modeHint.${mode}`)}
        value={mode}
        onChange={(event) => setMode(event.currentTarget.value as RolloutMode)}
        data={MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
      />
      <NativeSelect
        label={t('unit')}
        description={t('unitHint')}
        value={unit}
        onChange={(event) => setUnit(event.currentTarget.value as ExperimentUnit)}
        data={UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
      />
    </Form>
  );
}
