import { Button, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { WebhookItem } from '@/client';
import { listWebhooksOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { SidePanel } from '@/components/Overlay';
import { Page } from '@/components/Page';
import { Notice } from '@/components/Problem';
import { QueryView } from '@/components/QueryView';
import { State } from '@/components/State';
import { EditWebhook } from './EditWebhook';
import { NewWebhook } from './NewWebhook';
import classes from './Webhooks.module.css';

export function Webhooks() {
  const { t } = useTranslation('webhooks');
  const { webhook } = useSearch({ from: '/inside/admin/admin/webhooks' });
  const navigate = useNavigate({ from: '/admin/webhooks' });
  const [adding, { open, close }] = useDisclosure();
  const webhooks = useQuery(listWebhooksOptions());
  const choose = (id?: string) => navigate({ search: { webhook: id } });
  const columns: Column<WebhookItem>[] = [
    {
      key: 'url',
      label: t('url'),
      heading: true,
      cell: (item) => (
        <UnstyledButton className={classes.url} onClick={() => choose(item.id)}>
          {item.url}
        </UnstyledButton>
      ),
    },
    { key: 'description', label: t('description'), cell: (item) => item.description },
    {
      key: 'events',
      label: t('events'),
      cell: (item) => item.events.map((event) => t(`event.${event.replace('.', '_') as 'ping'}`)).join(', '),
    },
    { key: 'state', label: t('state'), cell: (item) => <Health item={item} /> },
  ];

  return (
    <Page title={t('webhooks')} about={t('about')} actions={<Button onClick={open}>{t('new')}</Button>}>
      <QueryView query={webhooks}>
        {(data) =>
          data.webhooks.length === 0 ? (
            <Notice title={t('none')} hint={t('noneHint')} />
          ) : (
            <DataTable
              label={t('webhooks')}
              columns={columns}
              rows={data.webhooks}
              keyOf={(item) => item.id}
            />
          )
        }
      </QueryView>
      <SidePanel opened={adding} onClose={close} title={t('new')}>
        {adding ? <NewWebhook onClose={close} /> : null}
      </SidePanel>
      <SidePanel opened={Boolean(webhook)} onClose={() => choose()} title={t('edit')} size="lg">
        {webhook ? <EditWebhook id={webhook} onClose={() => choose()} /> : null}
      </SidePanel>
    </Page>
  );
}

function Health({ item }: { item: WebhookItem }) {
  const { t } = useTranslation('webhooks');
  const { moment } = useFormats();
  if (item.disabled_reason)
    return <State tone="bad">{t('disabled', { reason: item.disabled_reason })}</State>;
  if (item.failing_since) {
    return <State tone="warning">{t('failing', { time: moment(item.failing_since) })}</State>;
  }
  return <State tone={item.is_active ? 'good' : 'quiet'}>{t(item.is_active ? 'active' : 'paused')}</State>;
}
