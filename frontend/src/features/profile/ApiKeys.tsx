import { Button, Checkbox, Select, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { useUser } from '@/app/session';
import type { ApiKeyItem, ApiKeyScope } from '@/client';
import {
  createApiKeyMutation,
  listMyApiKeysOptions,
  listMyApiKeysQueryKey,
  revokeMyApiKeyMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Form } from '@/components/Form';
import { SidePanel } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { Secret } from '@/components/Secret';
import { Section } from '@/components/Section';

const SCOPES: ApiKeyScope[] = [
  'reviews:read',
  'reviews:write',
  'candidates:read',
  'candidates:write',
  'resumes:read',
  'resumes:write',
  'admin',
];
const LIVES_DAYS = ['30', '90', '365'] as const;
const DAY_MS = 86_400_000;

export function ApiKeys() {
  const { t } = useTranslation('profile');
  const [adding, { open, close }] = useDisclosure();
  return (
    <Section
      title={t('keys')}
      about={t('keysHint')}
      actions={
        <Button variant="default" onClick={open}>
          {t('newKey')}
        </Button>
      }
    >
      <Keys />
      <SidePanel opened={adding} onClose={close} title={t('newKey')}>
        {adding ? <NewKey onClose={close} /> : null}
      </SidePanel>
    </Section>
  );
}

function Keys() {
  const { t } = useTranslation('profile');
  const { day, ago } = useFormats();
  const queries = useQueryClient();
  const keys = useQuery(listMyApiKeysOptions());
  const revoke = useMutation({
    ...revokeMyApiKeyMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listMyApiKeysQueryKey() }),
    onError: tellFailure,
  });
  const columns: Column<ApiKeyItem>[] = [
    { key: 'name', label: t('keyName'), heading: true, cell: (item) => item.name },
    {
      key: 'hint',
      label: t('keyHint'),
      cell: (item) => (
        <Text ff="monospace" size="sm">
          {item.hint}
        </Text>
      ),
    },
    { key: 'scopes', label: t('scopes'), cell: (item) => item.scopes.join(', ') },
    {
      key: 'used',
      label: t('lastUsed'),
      cell: (item) => (item.last_used_at ? ago(item.last_used_at) : t('never')),
    },
    {
      key: 'ends',
      label: t('expires'),
      cell: (item) => (item.expires_at ? day(item.expires_at) : t('never')),
    },
    {
      key: 'revoke',
      label: '',
      numeric: true,
      cell: (item) =>
        item.revoked_at ? (
          t('revoked')
        ) : (
          <Button
            variant="default"
            size="xs"
            aria-label={t('revokeNamed', { name: item.name })}
            onClick={() => revoke.mutate({ path: { key_id: item.id } })}
          >
            {t('revoke')}
          </Button>
        ),
    },
  ];
  return (
    <QueryView query={keys}>
      {(data) =>
        data.api_keys.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('noKeys')}
          </Text>
        ) : (
          <DataTable label={t('keys')} columns={columns} rows={data.api_keys} keyOf={(item) => item.id} />
        )
      }
    </QueryView>
  );
}

function NewKey({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('profile');
  const { t: common } = useTranslation();
  const { role } = useUser();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<string[]>(['reviews:read']);
  const [lives, setLives] = useState<string | null>('90');
  const create = useMutation({
    ...createApiKeyMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listMyApiKeysQueryKey() }),
  });

  if (create.data) {
    return (
      <Stack>
        <Secret value={create.data.key} hint={t('keyOnce')} />
        <Button onClick={onClose}>{common('action.close')}</Button>
      </Stack>
    );
  }
  const ends = lives ? new Date(Date.now() + Number(lives) * DAY_MS).toISOString() : null;
  return (
    <Form
      submit={common('action.create')}
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={() => create.mutate({ body: { name, scopes: scopes as ApiKeyScope[], expires_at: ends } })}
    >
      <TextInput
        label={t('keyName')}
        description={t('keyNameHint')}
        required
        withAsterisk={false}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Checkbox.Group label={t('scopes')} value={scopes} onChange={setScopes}>
        <Stack gap={6} mt={6}>
          {SCOPES.filter((scope) => scope !== 'admin' || role === 'admin').map((scope) => (
            <Checkbox key={scope} value={scope} label={t(`scope.${scope.replace(':', '_') as 'admin'}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label={t('expires')}
        value={lives}
        onChange={setLives}
        clearable={false}
        data={LIVES_DAYS.map((days) => ({ value: days, label: t('days', { count: Number(days) }) }))}
      />
    </Form>
  );
}
