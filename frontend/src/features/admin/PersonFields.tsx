import { NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { UserRole } from '@/client';

export type Person = { email: string; first_name: string; last_name: string; role: UserRole };

export const NOBODY: Person = { email: '', first_name: '', last_name: '', role: 'junior_recruiter' };
const ROLES: UserRole[] = ['junior_recruiter', 'senior_recruiter', 'admin'];

type PersonFieldsProps = { person: Person; onChange: (person: Person) => void };

export function PersonFields({ person, onChange }: PersonFieldsProps) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  return (
    <>
      <TextInput
        label={t('email')}
        type="email"
        required
        withAsterisk={false}
        value={person.email}
        onChange={(event) => onChange({ ...person, email: event.currentTarget.value })}
      />
      <TextInput
        label={t('firstName')}
        required
        withAsterisk={false}
        value={person.first_name}
        onChange={(event) => onChange({ ...person, first_name: event.currentTarget.value })}
      />
      <TextInput
        label={t('lastName')}
        required
        withAsterisk={false}
        value={person.last_name}
        onChange={(event) => onChange({ ...person, last_name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('role')}
        description={t(`roleHint.${person.role}`)}
        value={person.role}
        onChange={(event) => onChange({ ...person, role: event.currentTarget.value as UserRole })}
        data={ROLES.map((value) => ({ value, label: common(`role.${value}`) }))}
      />
    </>
  );
}
