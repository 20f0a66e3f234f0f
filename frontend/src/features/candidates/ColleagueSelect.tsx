import { Select } from '@mantine/core';
import { useColleagues } from './colleagues';

type ColleagueSelectProps = {
  label: string;
  value: string | null;
  onChange: (userId: string | null) => void;
  /** Those whose accounts are closed too: candidates may have to be taken from them. */
  closedToo?: boolean;
  error?: string;
};

export function ColleagueSelect({ label, value, onChange, closedToo = false, error }: ColleagueSelectProps) {
  const people = useColleagues().filter((colleague) => closedToo || colleague.is_active);
  return (
    <Select
      label={label}
      searchable
      data={people.map(({ id, full_name, email }) => ({ value: id, label: `${full_name} · ${email}` }))}
      value={value}
      onChange={onChange}
      error={error}
    />
  );
}
