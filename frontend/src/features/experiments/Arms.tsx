import { Text } from '@mantine/core';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { ArmResults, Share } from '@/client';
import { type Column, DataTable } from '@/components/DataTable';

const MS = 1_000;

/** What each arm did; shares stand with their 95 % interval. */
export function Arms({ arms }: { arms: ArmResults[] }) {
  const { t } = useTranslation('experiments');
  const { number, money, seconds } = useFormats();
  const columns: Column<ArmResults>[] = [
    { key: 'arm', label: t('arm'), heading: true, cell: (arm) => arm.arm },
    { key: 'reviews', label: t('reviews'), numeric: true, cell: (arm) => number(arm.reviews) },
    {
      key: 'errors',
      label: t('metrics.error_rate'),
      numeric: true,
      cell: (arm) => <Interval of={arm.error_rate} />,
    },
    {
      key: 'quotes',
      label: t('metrics.quote_verified_rate'),
      numeric: true,
      cell: (arm) => <Interval of={arm.quote_verified_rate} />,
    },
    {
      key: 'accepted',
      label: t('metrics.acceptance_rate'),
      numeric: true,
      cell: (arm) => <Interval of={arm.acceptance_rate} />,
    },
    {
      key: 'cost',
      label: t('metrics.cost'),
      numeric: true,
      cell: (arm) => (arm.cost_usd === null ? '–' : money(arm.cost_usd)),
    },
    {
      key: 'time',
      label: t('metrics.latency'),
      numeric: true,
      cell: (arm) => (arm.latency_p50_ms === null ? '–' : seconds(Math.round(arm.latency_p50_ms / MS) * MS)),
    },
    {
      key: 'drift',
      label: t('metrics.drift'),
      numeric: true,
      cell: (arm) => (arm.drift === null ? '–' : number(Math.round(arm.drift * 10) / 10)),
    },
  ];
  return <DataTable label={t('results')} columns={columns} rows={arms} keyOf={(arm) => arm.arm} />;
}

function Interval({ of }: { of: Share }) {
  const { share } = useFormats();
  if (of.value === null) return '–';
  return (
    <>
      {share(of.value)}
      <Text size="xs" c="dimmed" component="div">
        {share(of.low)}–{share(of.high)}
      </Text>
    </>
  );
}
