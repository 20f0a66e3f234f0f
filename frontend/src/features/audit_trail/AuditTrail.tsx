import { Button, Code, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { downloadFile } from '@/app/api';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import { type ActivityAction, type AuditEntry, type EntityType, readAuditLog } from '@/client';
import { listColleaguesOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Page } from '@/components/Page';
import { Notice, Problem } from '@/components/Problem';
import { Lines } from '@/components/QueryView';
import { changed } from './changes';
import type { AuditSearch } from './routes';

const PAGE = 50;
const ACTIONS: ActivityAction[] = [
  'create',
  'update',
  'delete',
  'view',
  'download',
  'export',
  'assign',
  'unassign',
  'reject_upload',
  'cancel',
  'retry',
  'decide',
  'login',
  'login_failed',
  'logout',
  'lock',
  'unlock',
  'change_password',
  'reset_password',
  'token_reuse',
  'revoke_session',
  'accept',
  'archive',
  'restore',
  'erase',
  'publish',
  'roll_back',
  'start',
  'stop',
];
const ENTITIES: EntityType[] = [
  'user',
  'session',
  'candidate',
  'resume',
  'review',
  'finding',
  'prompt',
  'experiment',
  'rollout',
  'invitation',
  'api_key',
  'webhook',
  'job',
  'audit',
];

/** The filters as the API names them; whole days in the browser's time zone. */
function asked(search: AuditSearch) {
  const day = (value: string, time: string) => new Date(`${value}T${time}`).toISOString();
  return {
    action: search.action,
    entity_type: search.entity,
    entity_id: search.id,
    user_id: search.user,
    from: search.from && day(search.from, '00:00:00'),
    to: search.to && day(search.to, '23:59:59.999'),
  };
}

export function AuditTrail() {
  const { t } = useTranslation('audit_trail');
  const { t: common } = useTranslation();
  const search = useSearch({ from: '/inside/admin/admin/audit' });
  const query = asked(search);
  const pages = useInfiniteQuery({
    queryKey: ['audit', query],
    queryFn: async ({ pageParam }) =>
      (await readAuditLog({ query: { ...query, cursor: pageParam, page_size: PAGE }, throwOnError: true }))
        .data,
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  });
  const save = useMutation({
    mutationFn: () => {
      const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
      return downloadFile(`/api/v1/admin/audit/export?${new URLSearchParams(given)}`, 'audit.csv');
    },
    onError: tellFailure,
  });
  const entries = pages.data?.pages.flatMap((page) => page.entries) ?? [];

  return (
    <Page
      title={t('audit')}
      about={t('about')}
      actions={
        <Button variant="default" loading={save.isPending} onClick={() => save.mutate()}>
          {t('export')}
        </Button>
      }
    >
      <Filters search={search} />
      {pages.isPending ? <Lines /> : null}
      {pages.error ? <Problem error={pages.error} retry={() => pages.refetch()} /> : null}
      {pages.isSuccess && entries.length === 0 ? <Notice title={t('none')} hint={t('noneHint')} /> : null}
      {entries.length > 0 ? <Entries entries={entries} /> : null}
      {pages.hasNextPage ? (
        <Button variant="default" loading={pages.isFetchingNextPage} onClick={() => pages.fetchNextPage()}>
          {common('action.more')}
        </Button>
      ) : null}
    </Page>
  );
}

function Entries({ entries }: { entries: AuditEntry[] }) {
  const { t } = useTranslation('audit_trail');
  const { moment } = useFormats();
  const columns: Column<AuditEntry>[] = [
    { key: 'time', label: t('time'), heading: true, cell: (entry) => moment(entry.created_at) },
    { key: 'who', label: t('who'), cell: (entry) => entry.user_email ?? '–' },
    { key: 'action', label: t('action'), cell: (entry) => t(`did.${entry.action}`) },
    {
      key: 'what',
      label: t('what'),
      cell: (entry) => (
        <Stack gap={0}>
          {t(`entity.${entry.entity_type}`)}
          {entry.entity_id ? (
            <Text size="xs" c="dimmed" ff="monospace">
              {entry.entity_id}
            </Text>
          ) : null}
        </Stack>
      ),
    },
    { key: 'change', label: t('change'), cell: (entry) => <Change entry={entry} /> },
    { key: 'from', label: t('address'), cell: (entry) => entry.ip_address ?? '–' },
  ];
  return <DataTable label={t('audit')} columns={columns} rows={entries} keyOf={(entry) => entry.id} />;
}

function Change({ entry }: { entry: AuditEntry }) {
  const lines = changed(entry.old_values, entry.new_values);
  if (lines.length === 0) return '–';
  return (
    <Stack gap={2} maw="26rem">
      {lines.map(({ name, before, after }) => (
        <Text key={name} size="xs" component="div" style={{ overflowWrap: 'anywhere' }}>
          {name}: {before === undefined ? null : <Code>{before}</Code>}
          {before === undefined || after === undefined ? null : ' → '}
          {after === undefined ? null : <Code>{after}</Code>}
        </Text>
      ))}
    </Stack>
  );
}

function Filters({ search }: { search: AuditSearch }) {
  const { t } = useTranslation('audit_trail');
  const { t: common } = useTranslation();
  const navigate = useNavigate({ from: '/admin/audit' });
  const colleagues = useQuery(listColleaguesOptions());
  const show = (change: Partial<AuditSearch>) =>
    navigate({ search: (now) => ({ ...now, ...change }), replace: true });
  const every = { value: '', label: t('all') };
  return (
    <Group gap="xs" align="flex-end">
      <NativeSelect
        label={t('who')}
        value={search.user ?? ''}
        onChange={(event) => show({ user: event.currentTarget.value || undefined })}
        data={[
          every,
          ...(colleagues.data?.users ?? []).map((user) => ({ value: user.id, label: user.full_name })),
        ]}
      />
      <NativeSelect
        label={t('action')}
        value={search.action ?? ''}
        onChange={(event) => show({ action: (event.currentTarget.value as ActivityAction) || undefined })}
        data={[every, ...ACTIONS.map((value) => ({ value, label: t(`did.${value}`) }))]}
      />
      <NativeSelect
        label={t('what')}
        value={search.entity ?? ''}
        onChange={(event) => show({ entity: (event.currentTarget.value as EntityType) || undefined })}
        data={[every, ...ENTITIES.map((value) => ({ value, label: t(`entity.${value}`) }))]}
      />
      <TextInput
        type="date"
        label={t('since')}
        value={search.from ?? ''}
        onChange={(event) => show({ from: event.currentTarget.value || undefined })}
      />
      <TextInput
        type="date"
        label={t('until')}
        value={search.to ?? ''}
        onChange={(event) => show({ to: event.currentTarget.value || undefined })}
      />
      {Object.values(search).some(Boolean) ? (
        <Button variant="subtle" onClick={() => navigate({ search: {} })}>
          {common('action.clear')}
        </Button>
      ) : null}
    </Group>
  );
}
