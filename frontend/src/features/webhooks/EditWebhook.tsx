import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import { tell, tellFailure } from '@/app/notify';
import type { DeliveryItem, Subscribable, WebhookItem } from '@/client';
import {
  changeWebhookMutation,
  deleteWebhookMutation,
  getWebhookOptions,
  listWebhookDeliveriesOptions,
  listWebhookDeliveriesQueryKey,
  listWebhooksQueryKey,
  pingWebhookMutation,
  redeliverWebhookMutation,
  rotateWebhookSecretMutation,
} from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { Form } from '@/components/Form';
import { QueryView } from '@/components/QueryView';
import { Secret } from '@/components/Secret';
import { Section } from '@/components/Section';
import { State } from '@/components/State';
import { WebhookFields } from './WebhookFields';

const LATEST = 20;
const TONES = { pending: 'quiet', delivered: 'good', failed: 'bad' } as const;

type EditProps = { id: string; onClose: () => void };

export function EditWebhook({ id, onClose }: EditProps) {
  const webhook = useQuery(getWebhookOptions({ path: { webhook_id: id } }));
  return (
    <QueryView query={webhook}>
      {(data) => (
        <Stack gap="lg">
          <Settings webhook={data} onClose={onClose} />
          <Tools webhook={data} onClose={onClose} />
          <Deliveries id={id} />
        </Stack>
      )}
    </QueryView>
  );
}

type PartProps = { webhook: WebhookItem; onClose: () => void };

function Settings({ webhook, onClose }: PartProps) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const { url, description, is_active } = webhook;
  const [wanted, setWanted] = useState({
    url,
    description,
    is_active,
    events: webhook.events as Subscribable[],
  });
  const change = useMutation({
    ...changeWebhookMutation(),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listWebhooksQueryKey() });
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
      onSubmit={() => change.mutate({ path: { webhook_id: webhook.id }, body: wanted })}
    >
      <WebhookFields wanted={wanted} onChange={setWanted} />
    </Form>
  );
}

function Tools({ webhook, onClose }: PartProps) {
  const { t } = useTranslation('webhooks');
  const queries = useQueryClient();
  const path = { webhook_id: webhook.id };
  const ping = useMutation({
    ...pingWebhookMutation(),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listWebhookDeliveriesQueryKey({ path }) });
      tell(t('pinged'));
    },
    onError: tellFailure,
  });
  const rotate = useMutation({ ...rotateWebhookSecretMutation(), onError: tellFailure });
  const remove = useMutation({
    ...deleteWebhookMutation(),
    onSuccess: () => {
      queries.invalidateQueries({ queryKey: listWebhooksQueryKey() });
      onClose();
    },
    onError: tellFailure,
  });
  const [asked, setAsked] = useState(false);
  return (
    <Stack gap="xs">
      <Group gap="xs">
        <Button variant="default" loading={ping.isPending} onClick={() => ping.mutate({ path })}>
          {t('ping')}
        </Button>
        <Button variant="default" loading={rotate.isPending} onClick={() => rotate.mutate({ path })}>
          {t('rotate')}
        </Button>
        <Button variant="default" onClick={() => setAsked(true)}>
          {t('delete')}
        </Button>
      </Group>
      {rotate.data ? <Secret value={rotate.data.secret} hint={t('secretOnce')} /> : null}
      {asked ? (
        <Group gap="xs" role="alert">
          <Text size="sm">{t('deleteNamed', { url: webhook.url })}</Text>
          <Button color="rust" loading={remove.isPending} onClick={() => remove.mutate({ path })}>
            {t('delete')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}

function Deliveries({ id }: { id: string }) {
  const { t } = useTranslation('webhooks');
  const { moment, number } = useFormats();
  const queries = useQueryClient();
  const options = { path: { webhook_id: id }, query: { page_size: LATEST } };
  const deliveries = useQuery(listWebhookDeliveriesOptions(options));
  const again = useMutation({
    ...redeliverWebhookMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listWebhookDeliveriesQueryKey(options) }),
    onError: tellFailure,
  });
  const columns: Column<DeliveryItem>[] = [
    { key: 'time', label: t('time'), heading: true, cell: (item) => moment(item.created_at) },
    {
      key: 'event',
      label: t('events'),
      cell: (item) => t(`event.${item.event.replace('.', '_') as 'ping'}`),
    },
    {
      key: 'state',
      label: t('state'),
      cell: (item) => <State tone={TONES[item.status]}>{t(`status.${item.status}`)}</State>,
    },
    { key: 'attempts', label: t('attempts'), numeric: true, cell: (item) => number(item.attempts) },
    { key: 'answer', label: t('answer'), cell: (item) => item.last_error ?? item.response_code ?? '–' },
    {
      key: 'again',
      label: '',
      numeric: true,
      cell: (item) => (
        <Button
          variant="default"
          size="xs"
          onClick={() => again.mutate({ path: { webhook_id: id, delivery_id: item.id } })}
        >
          {t('again')}
        </Button>
      ),
    },
  ];
  return (
    <Section title={t('deliveries')}>
      <QueryView query={deliveries}>
        {(data) =>
          data.deliveries.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('noDeliveries')}
            </Text>
          ) : (
            <DataTable
              label={t('deliveries')}
              columns={columns}
              rows={data.deliveries}
              keyOf={(item) => item.id}
            />
          )
        }
      </QueryView>
    </Section>
  );
}
