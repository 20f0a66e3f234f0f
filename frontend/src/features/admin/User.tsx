import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import type { UserDetail } from '@/client';
import {
  changeUserAccountMutation,
  getUserAccountOptions,
  getUserAccountQueryKey,
  listUsersQueryKey,
  resetUserPasswordMutation,
  unlockUserAccountMutation,
} from '@/client/@tanstack/react-query.gen';
import { Facts } from '@/components/Facts';
import { Form } from '@/components/Form';
import { QueryView } from '@/components/QueryView';
import { Secret } from '@/components/Secret';
import { PersonFields } from './PersonFields';
import { temporaryPassword } from './passwords';

type UserProps = { id: string; onClose: () => void };

export function User({ id, onClose }: UserProps) {
  const user = useQuery(getUserAccountOptions({ path: { user_id: id } }));
  return (
    <QueryView query={user}>
      {(data) => (
        <Stack gap="lg">
          <Edit user={data} onClose={onClose} />
          <Access user={data} />
          <Figures user={data} />
        </Stack>
      )}
    </QueryView>
  );
}

function useRefresh(id: string) {
  const queries = useQueryClient();
  return () => {
    queries.invalidateQueries({ queryKey: listUsersQueryKey() });
    queries.invalidateQueries({ queryKey: getUserAccountQueryKey({ path: { user_id: id } }) });
  };
}

function Edit({ user, onClose }: { user: UserDetail; onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const refresh = useRefresh(user.id);
  const { email, first_name, last_name, role } = user;
  const [person, setPerson] = useState({ email, first_name, last_name, role });
  const change = useMutation({
    ...changeUserAccountMutation(),
    onSuccess: () => {
      refresh();
      tell(t('saved'));
      onClose();
    },
  });
  return (
    <Form
      submit={common('action.save')}
      pending={change.isPending}
      error={change.error}
      onCancel={onClose}
      onSubmit={() => change.mutate({ path: { user_id: user.id }, body: person })}
    >
      <PersonFields person={person} onChange={setPerson} />
    </Form>
  );
}

function Access({ user }: { user: UserDetail }) {
  const { t } = useTranslation('admin');
  const own = useUser().id === user.id;
  const refresh = useRefresh(user.id);
  const [password, setPassword] = useState<string | null>(null);
  const outcome = { onSuccess: refresh, onError: tellFailure };
  const activate = useMutation({ ...changeUserAccountMutation(), ...outcome });
  const unlock = useMutation({ ...unlockUserAccountMutation(), ...outcome });
  const reset = useMutation({ ...resetUserPasswordMutation(), ...outcome });
  const path = { user_id: user.id };

  const resetPassword = async () => {
    const given = temporaryPassword();
    await reset.mutateAsync({ path, body: { new_password: given, force_password_change: true } });
    setPassword(given);
  };

  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" loading={reset.isPending} onClick={resetPassword}>
          {t('resetPassword')}
        </Button>
        {user.is_locked ? (
          <Button variant="default" loading={unlock.isPending} onClick={() => unlock.mutate({ path })}>
            {t('unlock')}
          </Button>
        ) : null}
        {own ? null : (
          <Button
            variant="default"
            loading={activate.isPending}
            onClick={() => activate.mutate({ path, body: { is_active: !user.is_active } })}
          >
            {t(user.is_active ? 'deactivate' : 'activate')}
          </Button>
        )}
      </Group>
      {own ? null : (
        <Text size="xs" c="dimmed">
          {t('deactivateHint')}
        </Text>
      )}
      {password ? <Secret value={password} hint={t('passwordOnce', { email: user.email })} /> : null}
    </Stack>
  );
}

function Figures({ user }: { user: UserDetail }) {
  const { t } = useTranslation('admin');
  const { moment, number } = useFormats();
  const time = (value: string | null) => (value ? moment(value) : '–');
  return (
    <Facts
      facts={[
        [t('created'), time(user.created_at)],
        [t('lastLogin'), time(user.last_login_at)],
        [t('passwordChanged'), time(user.password_changed_at)],
        [t('failedLogins'), number(user.failed_login_attempts)],
        [t('lockedUntil'), time(user.locked_until)],
        [t('candidates'), number(user.assigned_candidates_count)],
        [t('uploads'), number(user.total_resumes_uploaded)],
        [t('reviews'), number(user.total_reviews_requested)],
      ]}
    />
  );
}
