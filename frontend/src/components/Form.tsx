import { Button, Group, Stack } from '@mantine/core';
import type { FormEvent, ReactNode } from 'react';
import { useTranslation } from '@/app/i18n';
import { Refused } from './Refused';

type FormProps = {
  onSubmit: () => void;
  onCancel?: () => void;
  submit: string;
  pending: boolean;
  error?: unknown;
  danger?: boolean;
  children: ReactNode;
};

/** Fields, what the server said against them, and the two ways out. */
export function Form({ onSubmit, onCancel, submit, pending, error, danger = false, children }: FormProps) {
  const { t } = useTranslation();
  const send = (event: FormEvent) => {
    event.preventDefault();
    onSubmit();
  };
  return (
    <form onSubmit={send}>
      <Stack gap="sm">
        {children}
        {error ? <Refused error={error} /> : null}
        <Group gap="xs" mt="xs">
          <Button type="submit" loading={pending} color={danger ? 'rust' : undefined}>
            {submit}
          </Button>
          {onCancel ? (
            <Button variant="default" onClick={onCancel}>
              {t('action.cancel')}
            </Button>
          ) : null}
        </Group>
      </Stack>
    </form>
  );
}
