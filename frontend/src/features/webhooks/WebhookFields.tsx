import { Checkbox, Stack, Switch, TextInput } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { Subscribable } from '@/client';

export type Wanted = { url: string; description: string; events: Subscribable[]; is_active: boolean };

const EVENTS: Subscribable[] = ['review.completed', 'review.failed'];

type WebhookFieldsProps = { wanted: Wanted; onChange: (wanted: Wanted) => void };

export function WebhookFields({ wanted, onChange }: WebhookFieldsProps) {
  const { t } = useTranslation('webhooks');
  return (
    <>
      <TextInput
        label={t('url')}
        description={t('urlHint')}
        type="url"
        required
        withAsterisk={false}
        value={wanted.url}
        onChange={(event) => onChange({ ...wanted, url: event.currentTarget.value })}
      />
      <TextInput
        label={t('description')}
        value={wanted.description}
        onChange={(event) => onChange({ ...wanted, description: event.currentTarget.value })}
      />
      <Checkbox.Group
        label={t('events')}
        value={wanted.events}
        onChange={(events) => onChange({ ...wanted, events: events as Subscribable[] })}
      >
        <Stack gap={6} mt={6}>
          {EVENTS.map((event) => (
            <Checkbox key={event} value={event} label={t(`event.${event.replace('.', '_') as 'ping'}`)} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Switch
        label={t('active')}
        checked={wanted.is_active}
        onChange={(event) => onChange({ ...wanted, is_active: event.currentTarget.checked })}
      />
    </>
  );
}
