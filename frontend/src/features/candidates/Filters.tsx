import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type MessageKey, useTranslation } from '@/app/i18n';
import { useUser } from '@/app/session';
import { FilterBar } from '@/components/FilterBar';
import { limitsOptions } from '@/features/resume_upload/limits';
import { useColleagues } from './colleagues';
import { type CandidatesSearch, isFiltered, SORTS, STATUSES } from './search';

const WAIT_MS = 300;

type FiltersProps = { value: CandidatesSearch; onChange: (change: CandidatesSearch) => void };

export function Filters({ value, onChange }: FiltersProps) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const user = useUser();
  const colleagues = useColleagues().filter(({ id, is_active }) => is_active && id !== user.id);
  const industries = useQuery(limitsOptions()).data?.supported_industries ?? [];
  const [typed, setTyped] = useState(value.search ?? '');
  const search = useDebouncedCallback((text: string) => onChange({ search: text || undefined }), WAIT_MS);
  // The address may change without the field: Back, or cleared filters.
  useEffect(() => setTyped(value.search ?? ''), [value.search]);

  return (
    <FilterBar
      onClear={isFiltered(value) ? () => onChange(NOTHING) : undefined}
      search={
        <TextInput
          type="search"
          label={common('action.search')}
          placeholder={t('searchHint')}
          w="16rem"
          value={typed}
          onChange={(event) => {
            setTyped(event.currentTarget.value);
            search(event.currentTarget.value);
          }}
        />
      }
    >
      <NativeSelect
        label={t('status.label')}
        value={value.status ?? ''}
        onChange={(event) =>
          onChange({ status: STATUSES.find((status) => status === event.currentTarget.value) })
        }
        data={[
          { value: '', label: t('status.inSight') },
          ...STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) })),
        ]}
      />
      <NativeSelect
        label={t('assigned')}
        value={value.assigned ?? ''}
        onChange={(event) => onChange({ assigned: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('anybody') },
          { value: 'me', label: t('me') },
          ...colleagues.map(({ id, full_name }) => ({ value: id, label: full_name })),
        ]}
      />
      <NativeSelect
        label={t('lastIndustry')}
        value={value.industry ?? ''}
        onChange={(event) => onChange({ industry: event.currentTarget.value || undefined })}
        data={[
          { value: '', label: t('any') },
          ...industries.map((code) => ({
            value: code,
            label: common(`industry.${code}` as MessageKey<'app'>),
          })),
        ]}
      />
      <NativeSelect
        label={t('resume')}
        value={value.resume === undefined ? '' : String(value.resume)}
        onChange={(event) =>
          onChange({ resume: event.currentTarget.value ? event.currentTarget.value === 'true' : undefined })
        }
        data={[
          { value: '', label: t('any') },
          { value: 'true', label: t('withResume') },
          { value: 'false', label: t('withoutResume') },
        ]}
      />
      <NativeSelect
        label={t('sort.label')}
        value={value.sort ?? SORTS[0]}
        onChange={(event) => onChange({ sort: SORTS.find((sort) => sort === event.currentTarget.value) })}
        data={SORTS.map((sort) => ({ value: sort, label: t(`sort.${sort}`) }))}
      />
    </FilterBar>
  );
}

const NOTHING: CandidatesSearch = {
  search: undefined,
  status: undefined,
  assigned: undefined,
  industry: undefined,
  resume: undefined,
};
