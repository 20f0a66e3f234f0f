import { Button, PasswordInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { replaceUser } from '@/app/session';
import { changeOwnPassword, getProfile } from '@/client';
import { Refused } from '@/components/Refused';
import { Door } from './Door';

/** For those who signed in with a temporary password: nothing else is open to them. */
export function NewPassword() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');

  const change = useMutation({
    mutationFn: async () => {
      await changeOwnPassword({
        body: { current_password: current, new_password: wanted },
        throwOnError: true,
      });
      return (await getProfile({ throwOnError: true })).data;
    },
    onSuccess: (user) => {
      replaceUser(user);
      navigate({ to: '/' });
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    change.mutate();
  };

  return (
    <Door title={t('newPassword')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {t('newPasswordWhy')}
          </Text>
          <PasswordInput
            label={t('temporaryPassword')}
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <PasswordInput
            label={t('chosenPassword')}
            description={t('passwordRule')}
            autoComplete="new-password"
            required
            withAsterisk={false}
            minLength={12}
            maxLength={128}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          {change.error ? <Refused error={change.error} /> : null}
          <Button type="submit" loading={change.isPending}>
            {t('savePassword')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}
