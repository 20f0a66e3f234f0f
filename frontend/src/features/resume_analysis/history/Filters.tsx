import { Button, NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useFormats } from '@/app/format';
import { type MessageKey, useTranslation } from '@/app/i18n';
import { useUser } from '@/app/session';
import { getCandidateOptions } from '@/client/@tanstack/react-query.gen';
import { FilterBar } from '@/components/FilterBar';
import { useColleagues } from '@/features/candidates/colleagues';
import { limitsOptions } from '@/features/resume_upload/limits';
import { type HistorySearch, isFiltered, STATUSES, TYPES } from './search';

const WAIT_MS = 300;
const NOTHING: HistorySearch = {
  search: undefined,
  candidate: undefined,
  industry: undefined,
  status: undefined,
  type: undefined,
  reviewer: undefined,
  from: undefined,
  to: undefined,
  min: undefined,
  max: undefined,
};

type FiltersProps = { value: HistorySearch; onChange: (change: HistorySearch) => void };

export function Filters({ value, onChange }: FiltersProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const industries = useQuery(limitsOptions()).data?.supported_industries ?? [];
  const chosen = (text: string) => text || undefined;
  const all = { value: '', label: t('history.all') };

  return (
    <FilterBar
      onClear={isFiltered(value) ? () => onChange(NOTHING) : undefined}
      search={<Words value={value.search} onChange={(search) => onChange({ search })} />}
    >
      <NativeSelect
        label={common('industry.label')}
        value={value.industry ?? ''}
        onChange={(event) => onChange({ industry: chosen(event.currentTarget.value) })}
        data={[
          all,
          ...industries.map((code) => ({
            value: code,
            label: common(`industry.${code}` as MessageKey<'app'>),
          })),
        ]}
      />
      <NativeSelect
        label={t('history.status')}
        value={value.status ?? ''}
        onChange={(event) =>
          onChange({ status: STATUSES.find((status) => status === event.currentTarget.value) })
        }
        data={[all, ...STATUSES.map((status) => ({ value: status, label: common(`status.${status}`) }))]}
      />
      <NativeSelect
        label={common('reviewType.label')}
        value={value.type ?? ''}
        onChange={(event) => onChange({ type: TYPES.find((type) => type === event.currentTarget.value) })}
        data={[all, ...TYPES.map((type) => ({ value: type, label: common(`reviewType.${type}`) }))]}
      />
      <Reviewer value={value.reviewer} onChange={(reviewer) => onChange({ reviewer })} />
      <TextInput
        type="date"
        label={t('history.from')}
        value={value.from ?? ''}
        max={value.to}
        onChange={(event) => onChange({ from: chosen(event.currentTarget.value) })}
      />
      <TextInput
        type="date"
        label={t('history.to')}
        value={value.to ?? ''}
        min={value.from}
        onChange={(event) => onChange({ to: chosen(event.currentTarget.value) })}
      />
      <Points label={t('history.min')} value={value.min} onChange={(min) => onChange({ min })} />
      <Points label={t('history.max')} value={value.max} onChange={(max) => onChange({ max })} />
      {value.candidate ? (
        <OneCandidate id={value.candidate} onClear={() => onChange({ candidate: undefined })} />
      ) : null}
    </FilterBar>
  );
}

type PartProps<T> = { value: T | undefined; onChange: (value: T | undefined) => void };

/** Words of a candidate's name; asked for when typing pauses. */
function Words({ value, onChange }: PartProps<string>) {
  const { t } = useTranslation('resume_analysis');
  const [typed, setTyped] = useState(value ?? '');
  const ask = useDebouncedCallback((text: string) => onChange(text || undefined), WAIT_MS);
  useEffect(() => setTyped(value ?? ''), [value]);
  return (
    <TextInput
      type="search"
      label={t('history.candidate')}
      placeholder={t('history.candidateHint')}
      w="13rem"
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        ask(event.currentTarget.value);
      }}
    />
  );
}

function Reviewer({ value, onChange }: PartProps<string>) {
  const { t } = useTranslation('resume_analysis');
  const user = useUser();
  const colleagues = useColleagues().filter(({ id }) => id !== user.id);
  return (
    <NativeSelect
      label={t('history.reviewer')}
      value={value ?? ''}
      onChange={(event) => onChange(event.currentTarget.value || undefined)}
      data={[
        { value: '', label: t('history.all') },
        { value: 'me', label: t('history.me') },
        ...colleagues.map(({ id, full_name }) => ({ value: id, label: full_name })),
      ]}
    />
  );
}

function Points({ label, value, onChange }: PartProps<number> & { label: string }) {
  const [typed, setTyped] = useState<string | number>(value ?? '');
  const ask = useDebouncedCallback(
    (points: string | number) => onChange(points === '' ? undefined : Number(points)),
    WAIT_MS,
  );
  useEffect(() => setTyped(value ?? ''), [value]);
  return (
    <NumberInput
      label={label}
      min={0}
      max={100}
      allowDecimal={false}
      hideControls
      w="5.5rem"
      value={typed}
      onChange={(points) => {
        setTyped(points);
        ask(points);
      }}
    />
  );
}

function OneCandidate({ id, onClear }: { id: string; onClear: () => void }) {
  const { t } = useTranslation('resume_analysis');
  const { name } = useFormats();
  const candidate = useQuery(getCandidateOptions({ path: { candidate_id: id } })).data;
  return (
    <Button variant="default" onClick={onClear}>
      {t('history.only', { name: candidate ? name(candidate) : '…' })}
    </Button>
  );
}
