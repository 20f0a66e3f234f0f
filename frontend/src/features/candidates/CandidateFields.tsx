import { NumberInput, SimpleGrid, TextInput } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { Details } from './details';

type CandidateFieldsProps = {
  value: Details;
  onChange: (value: Details) => void;
  /** What the server said about a field, by its name. */
  errors?: Record<string, string>;
};

const MOST_YEARS = 50;

export function CandidateFields({ value, onChange, errors = {} }: CandidateFieldsProps) {
  const { t, language } = useTranslation('candidates');
  const set = (field: keyof Details) => (text: string) => onChange({ ...value, [field]: text });
  const field = (name: keyof Details, required = false) => (
    <TextInput
      key={name}
      label={t(`field.${name}`)}
      required={required}
      withAsterisk={false}
      type={name === 'email' ? 'email' : name === 'phone' ? 'tel' : 'text'}
      autoComplete="off"
      value={value[name]}
      error={said(errors, name)}
      onChange={(event) => set(name)(event.currentTarget.value)}
    />
  );
  const names = [field('first_name', true), field('last_name', true)];
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm" verticalSpacing="sm">
      {language === 'ja' ? names.reverse() : names}
      {field('email')}
      {field('phone')}
      {field('current_company')}
      {field('current_position')}
      <NumberInput
        label={t('field.years_experience')}
        min={0}
        max={MOST_YEARS}
        allowDecimal={false}
        hideControls
        value={value.years_experience}
        error={said(errors, 'years_experience')}
        onChange={(years) => set('years_experience')(String(years))}
      />
    </SimpleGrid>
  );
}

/** The server names a field by its place in the body, such as `body.email`. */
function said(errors: Record<string, string>, name: string): string | undefined {
  return Object.entries(errors).find(([field]) => field.split('.').at(-1) === name)?.[1];
}
