import { Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ApiError } from '@/app/api';
import { useTranslation } from '@/app/i18n';
import { Notice, Problem } from './Problem';

type QueryViewProps<T> = {
  query: UseQueryResult<T, unknown>;
  /** What stands there while the first answer is on its way; by default some grey lines. */
  loading?: ReactNode;
  children: (data: T) => ReactNode;
};

/** The states of a request: on its way, failed, not there, and what came. An old answer stays when a newer one fails. */
export function QueryView<T>({ query, loading, children }: QueryViewProps<T>) {
  const { t } = useTranslation();
  if (query.data !== undefined) return children(query.data);
  if (query.error instanceof ApiError && query.error.status === 404) {
    return <Notice title={t('state.notFound')} hint={t('state.notFoundHint')} />;
  }
  if (query.error) return <Problem error={query.error} retry={() => query.refetch()} />;
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        {t('state.loading')}
      </span>
      {loading ?? <Lines />}
    </div>
  );
}

const WIDTHS = ['60%', '92%', '80%', '88%', '45%'];

export function Lines() {
  return (
    <Stack gap="sm">
      {WIDTHS.map((width) => (
        <Skeleton key={width} height={14} width={width} />
      ))}
    </Stack>
  );
}
