import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { tell } from '@/app/notify';
import type { PromptDetail } from '@/client';
import {
  createPromptVersionMutation,
  getPromptQueryKey,
  listPromptsQueryKey,
  validatePromptMutation,
} from '@/client/@tanstack/react-query.gen';
import { Lines } from '@/components/QueryView';
import { Refused } from '@/components/Refused';
import { State } from '@/components/State';
import { nextVersion, withVersion } from './rows';

// CodeMirror is large; it comes with this tab alone.
const Editor = lazy(() => import('./Editor').then((module) => ({ default: module.Editor })));

/** A new version beside the one it grows out of; nothing changes until it is published. */
export function Draft({ prompt }: { prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const navigate = useNavigate({ from: '/admin/prompts/$name/$locale' });
  const queries = useQueryClient();
  const [yaml, setYaml] = useState(() =>
    withVersion(prompt.yaml, nextVersion(prompt.versions.map((version) => version.version))),
  );
  const [note, setNote] = useState('');
  const check = useMutation(validatePromptMutation());
  const create = useMutation({
    ...createPromptVersionMutation(),
    onSuccess: (created) => {
      queries.invalidateQueries({ queryKey: listPromptsQueryKey() });
      queries.invalidateQueries({
        queryKey: getPromptQueryKey({ path: { name: prompt.name, locale: prompt.locale } }),
      });
      tell(t('stored', { version: created.shown }));
      navigate({ search: { part: 'versions' } });
    },
  });

  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('editHint', { version: prompt.shown })}
      </Text>
      <Suspense fallback={<Lines />}>
        <Editor
          before={prompt.yaml}
          after={yaml}
          onChange={setYaml}
          beforeLabel={t('shown', { version: prompt.shown })}
          afterLabel={t('newVersion')}
        />
      </Suspense>
      {check.data ? (
        <State tone={check.data.valid ? 'good' : 'bad'}>
          {check.data.valid ? t('valid', { version: check.data.version ?? '' }) : (check.data.fault ?? '')}
        </State>
      ) : null}
      {create.error ? <Refused error={create.error} /> : null}
      <Group gap="xs" align="flex-end">
        <TextInput
          label={t('note')}
          placeholder={t('noteHint')}
          w={360}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button variant="default" loading={check.isPending} onClick={() => check.mutate({ body: { yaml } })}>
          {t('check')}
        </Button>
        <Button
          loading={create.isPending}
          onClick={() => create.mutate({ body: { yaml, note: note || null } })}
        >
          {t('store')}
        </Button>
      </Group>
    </Stack>
  );
}
