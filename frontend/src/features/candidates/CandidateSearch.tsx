import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { listCandidatesOptions } from '@/client/@tanstack/react-query.gen';

const WAIT_MS = 250;
const SHOWN = 20;

type CandidateSearchProps = { value: string | null; onChange: (candidateId: string | null) => void };

/** Finds one of the candidates by name, address or company. */
export function CandidateSearch({ value, onChange }: CandidateSearchProps) {
  const { t } = useTranslation('candidates');
  const { name } = useFormats();
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, WAIT_MS);
  const found = useQuery({
    ...listCandidatesOptions({ query: { search: search || undefined, limit: SHOWN, sort: '-updated_at' } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.candidates ?? []).map((candidate) => ({
    value: candidate.id,
    label: [name(candidate), candidate.current_company ?? candidate.email].filter(Boolean).join(' · '),
  }));
  return (
    <Select
      label={t('find')}
      placeholder={t('findHint')}
      searchable
      clearable
      data={options}
      // The server has searched already, in its own way of writing.
      filter={({ options: all }) => all}
      value={value}
      onChange={onChange}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={found.isFetching ? t('finding') : t('nobodyFound')}
      clearButtonProps={{ 'aria-label': t('clearCandidate') }}
    />
  );
}
