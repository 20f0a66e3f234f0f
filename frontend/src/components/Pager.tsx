import { ActionIcon, Group, Text } from '@mantine/core';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';

type PagerProps = { offset: number; limit: number; total: number; onMove: (offset: number) => void };

export function Pager({ offset, limit, total, onMove }: PagerProps) {
  const { t } = useTranslation();
  const { number } = useFormats();
  if (total <= limit && offset === 0) return null;
  const range = {
    from: number(Math.min(offset + 1, total)),
    to: number(Math.min(offset + limit, total)),
    total: number(total),
  };
  return (
    <Group component="nav" aria-label={t('paging.label')} gap="xs" justify="flex-end">
      <Text size="sm" c="dimmed">
        {t('paging.range', range)}
      </Text>
      <ActionIcon
        variant="default"
        aria-label={t('paging.previous')}
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - limit))}
      >
        ‹
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={t('paging.next')}
        disabled={offset + limit >= total}
        onClick={() => onMove(offset + limit)}
      >
        ›
      </ActionIcon>
    </Group>
  );
}
