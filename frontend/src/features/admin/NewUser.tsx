import { Button, SegmentedControl, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import {
  createInvitationMutation,
  createUserAccountMutation,
  listInvitationsQueryKey,
  listUsersQueryKey,
} from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { Secret } from '@/components/Secret';
import { NOBODY, PersonFields } from './PersonFields';
import { temporaryPassword } from './passwords';

/** A colleague gets a link that they open themselves, or a temporary password that they must replace. */
export function NewUser({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const [how, setHow] = useState<'link' | 'password'>('link');
  const [person, setPerson] = useState(NOBODY);
  const [password] = useState(temporaryPassword);
  const invite = useMutation({
    ...createInvitationMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listInvitationsQueryKey() }),
  });
  const create = useMutation({
    ...createUserAccountMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listUsersQueryKey() }),
  });

  if (invite.data || create.data) {
    return (
      <Stack>
        {invite.data ? (
          <Secret
            value={window.location.origin + invite.data.path}
            hint={t('linkOnce', { email: person.email })}
          />
        ) : (
          <Secret value={password} hint={t('passwordOnce', { email: person.email })} />
        )}
        <Button onClick={onClose}>{common('action.close')}</Button>
      </Stack>
    );
  }
  const submit = () =>
    how === 'link'
      ? invite.mutate({ body: person })
      : create.mutate({ body: { ...person, temporary_password: password } });
  return (
    <Form
      submit={t(how === 'link' ? 'invite' : 'createAccount')}
      pending={invite.isPending || create.isPending}
      error={how === 'link' ? invite.error : create.error}
      onCancel={onClose}
      onSubmit={submit}
    >
      <SegmentedControl
        fullWidth
        aria-label={t('how')}
        value={how}
        onChange={(value) => setHow(value as typeof how)}
        data={[
          { value: 'link', label: t('byLink') },
          { value: 'password', label: t('byPassword') },
        ]}
      />
      <PersonFields person={person} onChange={setPerson} />
    </Form>
  );
}
