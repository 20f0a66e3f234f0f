import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { acceptInvitation } from '@/client';
import { Refused } from '@/components/Refused';
import { Door } from './Door';

/** The one-time link of an invitation: name and password, and the account is there. */
export function Invitation() {
  const { t } = useTranslation('auth');
  const { token } = useSearch({ from: '/accept-invitation' });
  const [firstName, setFirstName] = useState('');
  const [lastName, setLastName] = useState('');
  const [password, setPassword] = useState('');

  const accept = useMutation({
    mutationFn: () =>
      acceptInvitation({
        body: { token: token ?? '', first_name: firstName, last_name: lastName, password },
        throwOnError: true,
      }),
  });

  if (!token) return <Door title={t('invitation')}>{t('noToken')}</Door>;
  if (accept.isSuccess) {
    return (
      <Door title={t('welcome')}>
        <Text>{t('accountMade')}</Text>
        <Anchor renderRoot={(props) => <Link to="/sign-in" {...props} />}>{t('signIn')}</Anchor>
      </Door>
    );
  }

  const submit = (event: FormEvent) => {
    event.preventDefault();
    accept.mutate();
  };

  return (
    <Door title={t('invitation')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label={t('firstName')}
            autoComplete="given-name"
            required
            withAsterisk={false}
            value={firstName}
            onChange={(event) => setFirstName(event.currentTarget.value)}
          />
          <TextInput
            label={t('lastName')}
            autoComplete="family-name"
            required
            withAsterisk={false}
            value={lastName}
            onChange={(event) => setLastName(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('chosenPassword')}
            description={t('passwordRule')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            maxLength={128}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          {accept.error ? <Refused error={accept.error} /> : null}
          <Button type="submit" loading={accept.isPending}>
            {t('makeAccount')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
