import { Button, Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from '@/app/i18n';
import { createWebhookMutation, listWebhooksQueryKey } from '@/client/@tanstack/react-query.gen';
import { Form } from '@/components/Form';
import { Secret } from '@/components/Secret';
import { type Wanted, WebhookFields } from './WebhookFields';

const EMPTY: Wanted = {
  url: '',
  description: '',
  events: ['review.completed', 'review.failed'],
  is_active: true,
};

export function NewWebhook({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('webhooks');
  const { t: common } = useTranslation();
  const queries = useQueryClient();
  const [wanted, setWanted] = useState(EMPTY);
  const create = useMutation({
    ...createWebhookMutation(),
    onSuccess: () => queries.invalidateQueries({ queryKey: listWebhooksQueryKey() }),
  });
  if (create.data) {
    return (
      <Stack>
        <Secret value={create.data.secret} hint={t('secretOnce')} />
        <Button onClick={onClose}>{common('action.close')}</Button>
      </Stack>
    );
  }
  return (
    <Form
      submit={common('action.create')}
      pending={create.isPending}
      error={create.error}
      onCancel={onClose}
      onSubmit={() => create.mutate({ body: wanted })}
    >
      <WebhookFields wanted={wanted} onChange={setWanted} />
    </Form>
  );
}
