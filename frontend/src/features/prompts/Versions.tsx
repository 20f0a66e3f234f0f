import { Anchor, Badge, Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell } from '@/app/notify';
import type { Label, PromptDetail, ResumeReviewFeaturesPromptsSchemasVersionItem } from '@/client';
import {
  diffPromptOptions,
  getPromptQueryKey,
  listPromptsQueryKey,
  publishPromptMutation,
  rollBackPromptMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Form } from '@/components/Form';
import { SidePanel } from '@/components/Overlay';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';
import { CopyToIndustry } from './CopyToIndustry';
import { DiffText } from './DiffText';

type Asked = { label: Label; version?: string };

/** All versions with author and note; publish one, go back to the one before, or compare two. */
export function Versions({ prompt }: { prompt: PromptDetail }) {
  const { t } = useTranslation('prompts');
  const { moment } = useFormats();
  const { against } = useSearch({ from: '/inside/admin/admin/prompts/$name/$locale' });
  const navigate = useNavigate({ from: '/admin/prompts/$name/$locale' });
  const [asked, setAsked] = useState<Asked | null>(null);
  const [copying, setCopying] = useState(false);
  const published = prompt.versions.find((item) => item.labels.includes('production'))?.version;
  const columns: Column<ResumeReviewFeaturesPromptsSchemasVersionItem>[] = [
    { key: 'version', label: t('version'), heading: true, cell: (item) => item.version },
    {
      key: 'labels',
      label: t('labels'),
      cell: (item) => (
        <Group gap={4}>
          {item.labels.map((label) => (
            <Badge key={label} color={label === 'canary' ? 'rust' : undefined}>
              {t(`label.${label}`)}
            </Badge>
          ))}
        </Group>
      ),
    },
    { key: 'source', label: t('from'), cell: (item) => item.author ?? t(`source.${item.source}`) },
    { key: 'note', label: t('note'), cell: (item) => item.note ?? '' },
    { key: 'time', label: t('time'), cell: (item) => (item.created_at ? moment(item.created_at) : '–') },
    {
      key: 'do',
      label: '',
      numeric: true,
      cell: (item) => (
        <Group gap="sm" justify="flex-end">
          {published && item.version !== published ? (
            <Anchor
              component="button"
              size="sm"
              onClick={() => navigate({ search: { part: 'versions', against: item.version } })}
            >
              {t('compare')}
            </Anchor>
          ) : null}
          {(['canary', 'production'] as const).map((label) =>
            item.labels.includes(label) ? null : (
              <Button
                key={label}
                size="xs"
                variant="default"
                onClick={() => setAsked({ label, version: item.version })}
              >
                {t(label === 'canary' ? 'asCanary' : 'publish')}
              </Button>
            ),
          )}
        </Group>
      ),
    },
  ];
  return (
    <Stack gap="lg">
      <DataTable
        label={t('part.versions')}
        columns={columns}
        rows={prompt.versions}
        keyOf={(item) => item.version}
      />
      <Group gap="xs">
        <Button variant="default" onClick={() => setAsked({ label: 'production' })}>
          {t('rollBack')}
        </Button>
        <Button variant="default" onClick={() => setCopying(true)}>
          {t('copy')}
        </Button>
      </Group>
      {against && published ? <Differences prompt={prompt} old={published} new={against} /> : null}
      <SidePanel
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked?.version ? t('publishVersion', { version: asked.version }) : t('rollBack')}
      >
        {asked ? <Release prompt={prompt} asked={asked} onClose={() => setAsked(null)} /> : null}
      </SidePanel>
      <SidePanel opened={copying} onClose={() => setCopying(false)} title={t('copy')}>
        {copying ? <CopyToIndustry prompt={prompt} onClose={() => setCopying(false)} /> : null}
      </SidePanel>
    </Stack>
  );
}

type DifferencesProps = { prompt: PromptDetail; old: string; new: string };

function Differences({ prompt, old, new: newer }: DifferencesProps) {
  const { t } = useTranslation('prompts');
  const { name, locale } = prompt;
  const diff = useQuery(diffPromptOptions({ path: { name, locale }, query: { old, new: newer } }));
  return (
    <Section title={t('between', { old, newer })}>
      <QueryView query={diff}>
        {(data) => (
          <Stack gap="sm">
            {(['system', 'user', 'settings'] as const).map((part) =>
              data[part] ? <DiffText key={part} title={t(`in.${part}`)} diff={data[part]} /> : null,
            )}
          </Stack>
        )}
      </QueryView>
    </Section>
  );
}

type ReleaseProps = { prompt: PromptDetail; asked: Asked; onClose: () => void };

function Release({ prompt, asked, onClose }: ReleaseProps) {
  const { t } = useTranslation('prompts');
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const { name, locale } = prompt;
  const path = { name, locale };
  const outcome = {
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listPromptsQueryKey() });
      queries.invalidateQueries({ queryKey: getPromptQueryKey({ path }) });
      tell(t('released'));
      onClose();
    },
  };
  const publish = useMutation({ ...publishPromptMutation(), ...outcome });
  const back = useMutation({ ...rollBackPromptMutation(), ...outcome });
  const { label, version } = asked;
  const submit = () =>
    version
      ? publish.mutate({ path, body: { label, version, note: reason || null } })
      : back.mutate({ path, body: { label, reason } });
  return (
    <Form
      submit={t(version ? (label === 'canary' ? 'asCanary' : 'publish') : 'rollBack')}
      pending={publish.isPending || back.isPending}
      error={publish.error ?? back.error}
      onCancel={onClose}
      onSubmit={submit}
    >
      <p>{t(version ? (label === 'canary' ? 'canaryHint' : 'publishHint') : 'rollBackHint')}</p>
      <TextInput
        label={t(version ? 'note' : 'reason')}
        required={!version}
        withAsterisk={false}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </Form>
  );
}
