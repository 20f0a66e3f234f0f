import { Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { LanguageChoice, SchemeChoice } from '@/app/AccountMenu';
import { useTranslation } from '@/app/i18n';
import { tell } from '@/app/notify';
import { replaceUser, useUser } from '@/app/session';
import { changeProfileMutation } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { Page } from '@/components/Page';
import { Section } from '@/components/Section';
import { ApiKeys } from './ApiKeys';
import { PasswordChange } from './PasswordChange';
import { Sessions } from './Sessions';

export function Profile() {
  const { t } = useTranslation('profile');
  const user = useUser();
  return (
    <Page title={t('profile')} about={user.email}>
      <Section title={t('name')}>
        <Name />
      </Section>
      <Section title={t('display')} about={t('displayHint')}>
        <Stack gap="xs" maw={320}>
          <LanguageChoice />
          <SchemeChoice />
        </Stack>
      </Section>
      <Section title={t('password')} about={t('passwordHint')}>
        <PasswordChange />
      </Section>
      <Section title={t('sessions')} about={t('sessionsHint')}>
        <Sessions />
      </Section>
      <ApiKeys />
    </Page>
  );
}

function Name() {
  const { t } = useTranslation('profile');
  const { t: common } = useTranslation();
  const user = useUser();
  const [first, setFirst] = useState(user.first_name);
  const [last, setLast] = useState(user.last_name);
  const change = useMutation({
    ...changeProfileMutation(),
    onSuccess: (changed) => {
      replaceUser(changed);
      tell(t('saved'));
    },
  });
  return (
    <Stack maw={320}>
      <Form
        submit={common('action.save')}
        pending={change.isPending}
        error={change.error}
        onSubmit={() => change.mutate({ body: { first_name: first, last_name: last } })}
      >
        <TextInput
          label={t('firstName')}
          autoComplete="given-name"
          required
          withAsterisk={false}
          value={first}
          onChange={(event) => setFirst(event.currentTarget.value)}
        />
        <TextInput
          label={t('lastName')}
          autoComplete="family-name"
          required
          withAsterisk={false}
          value={last}
          onChange={(event) => setLast(event.currentTarget.value)}
        />
      </Form>
    </Stack>
  );
}
