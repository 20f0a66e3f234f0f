import { Button, Checkbox, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { saidBy } from '@/app/problems';
import { signedIn } from '@/app/session';
import { browserLogin } from '@/client';
import { Door } from './Door';

export function SignIn() {
  const { t } = useTranslation('auth');
  const navigate = useNavigate();
  const { next, ended } = useSearch({ from: '/sign-in' });
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [remember, setRemember] = useState(false);

  const login = useMutation({
    mutationFn: () => browserLogin({ body: { email, password, remember }, throwOnError: true }),
    onSuccess: ({ data }) => {
      signedIn(data);
      if (data.user.force_password_change) navigate({ to: '/new-password' });
      else navigate({ href: next ?? '/', replace: true });
    },
  });

  const submit = (event: FormEvent) => {
    event.preventDefault();
    login.mutate();
  };

  return (
    <Door title={t('signIn')}>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {ended && !login.error ? (
            <Text role="status" size="sm" c="dimmed">
              {t('ended')}
            </Text>
          ) : null}
          <TextInput
            label={t('email')}
            type="email"
            name="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            value={email}
            onChange={(event) => setEmail(event.currentTarget.value)}
          />
          <PasswordInput
            label={t('password')}
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            value={password}
            onChange={(event) => setPassword(event.currentTarget.value)}
            visibilityToggleButtonProps={{ 'aria-label': t('showPassword') }}
          />
          <Checkbox
            label={t('remember')}
            checked={remember}
            onChange={(event) => setRemember(event.currentTarget.checked)}
          />
          {login.error ? <Refusal error={login.error} /> : null}
          <Button type="submit" loading={login.isPending} mt="xs">
            {t('signIn')}
          </Button>
        </Stack>
      </form>
    </Door>
  );
}

function Refusal({ error }: { error: unknown }) {
  const { t } = useTranslation('auth');
  const { t: common } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  const own = {
    'auth.invalid_credentials': t('invalid'),
    'auth.account_locked': t('locked'),
    rate_limited: t('limited'),
  }[known?.code ?? ''];
  return (
    <Text role="alert" size="sm" c="var(--mantine-color-error)">
      {known?.offline ? common('state.unreachable') : (own ?? saidBy(error)?.text)}
    </Text>
  );
}
