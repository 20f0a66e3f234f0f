import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { ChangeBody } from '@/client';

export const CHANGES = ['label', 'model', 'rubric'] as const;
export type Change = { kind: (typeof CHANGES)[number] | 'none'; model: string };

/** The change in the words of the API; `none` is what runs today. */
export function body({ kind, model }: Change): ChangeBody {
  if (kind === 'label') return { label: 'canary' };
  if (kind === 'model') return { model };
  return kind === 'rubric' ? { rubric_only: true } : {};
}

type ChangeFieldsProps = { change: Change; onChange: (change: Change) => void; label?: string };

/** What is different in an arm or behind a rollout. */
export function ChangeFields({ change, onChange, label }: ChangeFieldsProps) {
  const { t } = useTranslation('experiments');
  return (
    <>
      <NativeSelect
        label={label ?? t('change')}
        value={change.kind}
        onChange={(event) => onChange({ ...change, kind: event.currentTarget.value as Change['kind'] })}
        data={CHANGES.map((value) => ({ value, label: t(`changes.${value}`) }))}
      />
      {change.kind === 'model' ? (
        <TextInput
          label={t('model')}
          description={t('modelHint')}
          required
          withAsterisk={false}
          value={change.model}
          onChange={(event) => onChange({ ...change, model: event.currentTarget.value })}
        />
      ) : null}
    </>
  );
}
