import { Anchor, Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { saidBy } from '@/app/problems';
import { Page } from './Page';

type ProblemProps = { error: unknown; retry?: () => void };

/** What happened, what to do, the number to quote, and the way to try again. */
export function Problem({ error, retry }: ProblemProps) {
  const { t } = useTranslation();
  const known = error instanceof ApiError ? error : null;
  return (
    <Notice
      title={t('state.failed')}
      hint={known?.offline ? t('state.unreachable') : (saidBy(error)?.text ?? t('state.crashedHint'))}
      alert
    >
      {known?.requestId ? (
        <Text size="xs" c="dimmed" ff="monospace">
          {t('state.requestId', { id: known.requestId })}
        </Text>
      ) : null}
      {retry ? (
        <Button variant="default" onClick={retry}>
          {t('state.retry')}
        </Button>
      ) : null}
    </Notice>
  );
}

type NoticeProps = { title: string; hint?: ReactNode; alert?: boolean; children?: ReactNode };

/** A state instead of content: empty, refused, failed. */
export function Notice({ title, hint, alert = false, children }: NoticeProps) {
  return (
    <Stack gap="xs" align="flex-start" py="xl" maw="36rem" role={alert ? 'alert' : undefined}>
      <Title order={2}>{title}</Title>
      {hint ? <Text c="dimmed">{hint}</Text> : null}
      {children}
    </Stack>
  );
}

export function NotFound() {
  const { t } = useTranslation();
  return (
    <Page title={t('state.notFound')}>
      <Text c="dimmed" maw="36rem">
        {t('state.notFoundHint')}
      </Text>
      <Anchor renderRoot={(props) => <Link to="/" {...props} />}>{t('state.toHome')}</Anchor>
    </Page>
  );
}

export function NoPermission() {
  const { t } = useTranslation();
  return (
    <Page title={t('state.noPermission')}>
      <Text c="dimmed">{t('state.noPermissionHint')}</Text>
    </Page>
  );
}

export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Page title={t('state.crashed')}>
      <Problem error={error} retry={() => window.location.reload()} />
    </Page>
  );
}
