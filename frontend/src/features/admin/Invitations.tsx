import { Button, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tellFailure } from '@/app/notify';
import type { InvitationItem } from '@/client';
import {
  listInvitationsOptions,
  listInvitationsQueryKey,
  revokeInvitationMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';

const LATEST = 50;

export function Invitations() {
  const { t } = useTranslation('admin');
  const { t: common } = useTranslation();
  const { day } = useFormats();
  const queries = useQueryClient();
  const invitations = useQuery(listInvitationsOptions({ query: { page_size: LATEST } }));
  const revoke = useMutation({
    ...revokeInvitationMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listInvitationsQueryKey() }),
    onError: tellFailure,
  });
  const columns: Column<InvitationItem>[] = [
    { key: 'email', label: t('email'), heading: true, cell: (item) => item.email },
    { key: 'role', label: t('role'), cell: (item) => common(`role.${item.role}`) },
    { key: 'state', label: t('state'), cell: (item) => t(`invitation.${item.state}`) },
    { key: 'sent', label: t('created'), cell: (item) => day(item.created_at) },
    { key: 'ends', label: t('expires'), cell: (item) => day(item.expires_at) },
    {
      key: 'revoke',
      label: '',
      numeric: true,
      cell: (item) =>
        item.state === 'open' ? (
          <Button
            variant="default"
            size="xs"
            aria-label={t('revokeFor', { email: item.email })}
            onClick={() => revoke.mutate({ path: { invitation_id: item.id } })}
          >
            {t('revoke')}
          </Button>
        ) : null,
    },
  ];
  return (
    <Section title={t('invitations')}>
      <QueryView query={invitations}>
        {(data) =>
          data.invitations.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noInvitations')}
            </Text>
          ) : (
            <DataTable
              label={t('invitations')}
              columns={columns}
              rows={data.invitations}
              keyOf={(item) => item.id}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
