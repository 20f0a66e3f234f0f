import { PasswordInput, Stack } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { tell } from '@/app/notify';
import { changeOwnPasswordMutation } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';

export function PasswordChange() {
  const { t } = useTranslation('profile');
  const { t: auth } = useTranslation('auth');
  const [current, setCurrent] = useState('');
  const [wanted, setWanted] = useState('');
  const change = useMutation({
    ...changeOwnPasswordMutation(),
    onSuccess: () => {
      setCurrent('');
      setWanted('');
      tell(t('passwordChanged'));
    },
  });
  return (
    <Stack maw={320}>
      <Form
        submit={t('changePassword')}
        pending={change.isPending}
        error={change.error}
        onSubmit={() => change.mutate({ body: { current_password: current, new_password: wanted } })}
      >
        <PasswordInput
          label={t('currentPassword')}
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={current}
          onChange={(event) => setCurrent(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': auth('showPassword') }}
        />
        <PasswordInput
          label={auth('chosenPassword')}
          description={auth('passwordRule')}
          autoComplete="new-password"
          required
          withAsterisk={false}
          minLength={12}
          maxLength={128}
          value={wanted}
          onChange={(event) => setWanted(event.currentTarget.value)}
          visibilityToggleButtonProps={{ 'aria-label': auth('showPassword') }}
        />
      </Form>
    </Stack>
  );
}
