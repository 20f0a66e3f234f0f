import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { DayUsage, ModelUsage } from '@/client';
import { getModelUsageOptions } from '@/client/@tanstack/react-query.gen';
import { type Column, DataTable } from '@/components/DataTable';
import { QueryView } from '@/components/QueryView';
import { Section } from '@/components/Section';

type Sums = { calls: number; tokens: number; failed: number; cost_usd: string | null };

export function Usage() {
  const { t } = useTranslation('system');
  const { day, number } = useFormats();
  const usage = useQuery(getModelUsageOptions());
  const byDay: Column<DayUsage>[] = [
    { key: 'day', label: t('day'), heading: true, cell: (item) => day(item.day) },
    { key: 'reviews', label: t('reviews'), numeric: true, cell: (item) => number(item.reviews) },
    { key: 'degraded', label: t('degraded'), numeric: true, cell: (item) => number(item.degraded) },
    ...useSums<DayUsage>(),
  ];
  const byModel: Column<ModelUsage>[] = [
    {
      key: 'model',
      label: t('model'),
      heading: true,
      cell: (item) => `${item.provider ?? '–'} ${item.model ?? ''}`,
    },
    ...useSums<ModelUsage>(),
  ];
  const used = (item: DayUsage) => item.calls > 0 || item.reviews > 0;
  return (
    <QueryView query={usage}>
      {(data) => (
        <Section title={t('usage')} about={t('usageHint', { day: day(data.since) })}>
          {!data.days.some(used) ? (
            <Text size="sm" c="dimmed">
              {t('noUsage')}
            </Text>
          ) : (
            <>
              <DataTable
                label={t('byDay')}
                columns={byDay}
                rows={data.days.filter(used)}
                keyOf={(item) => item.day}
              />
              {data.models.length > 0 ? (
                <DataTable
                  label={t('byModel')}
                  columns={byModel}
                  rows={data.models}
                  keyOf={(item) => `${item.provider}:${item.model}`}
                />
              ) : null}
            </>
          )}
        </Section>
      )}
    </QueryView>
  );
}

function useSums<T extends Sums>(): Column<T>[] {
  const { t } = useTranslation('system');
  const { number, money } = useFormats();
  return [
    { key: 'calls', label: t('calls'), numeric: true, cell: (item) => number(item.calls) },
    { key: 'failed', label: t('faults'), numeric: true, cell: (item) => number(item.failed) },
    { key: 'tokens', label: t('tokens'), numeric: true, cell: (item) => number(item.tokens) },
    {
      key: 'cost',
      label: t('cost'),
      numeric: true,
      cell: (item) => (item.cost_usd === null ? t('unknown') : money(item.cost_usd)),
    },
  ];
}
