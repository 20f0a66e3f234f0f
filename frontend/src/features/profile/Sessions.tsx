import { Badge, Button, Group, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { SessionItem } from '@/client';
import { revokeSessionMutation, sessionsOptions, sessionsQueryKey } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { QueryView } from '@/components/QueryView';

export function Sessions() {
  const { t } = useTranslation('profile');
  const { ago } = useFormats();
  const queries = useQueryClient();
  const sessions = useQuery(sessionsOptions());
  const end = useMutation({
    ...revokeSessionMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsQueryKey() }),
    onError: tellFailure,
  });

  const columns: Column<SessionItem>[] = [
    {
      key: 'device',
      label: t('device'),
      heading: true,
      cell: (item) => (
        <Group gap="xs">
          <Text size="sm" maw="28rem" truncate title={item.device_info ?? undefined}>
            {item.device_info ?? '–'}
          </Text>
          {item.is_current ? <Badge>{t('thisOne')}</Badge> : null}
        </Group>
      ),
    },
    { key: 'address', label: t('address'), cell: (item) => item.ip_address ?? '–' },
    { key: 'used', label: t('lastUsed'), cell: (item) => ago(item.last_used_at) },
    {
      key: 'end',
      label: '',
      numeric: true,
      cell: (item) =>
        item.is_current ? null : (
          <Button
            variant="default"
            size="xs"
            onClick={() => end.mutate({ body: { session_id: item.session_id } })}
          >
            {t('endSession')}
          </Button>
        ),
    },
  ];

  return (
    <QueryView query={sessions}>
      {(data) => (
        <DataTable
          label={t('sessions')}
          columns={columns}
          rows={data.sessions}
          keyOf={(item) => item.session_id}
        />
      )}
    </QueryView>
  );
}
