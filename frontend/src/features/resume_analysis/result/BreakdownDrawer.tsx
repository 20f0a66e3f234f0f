import { Stack, Table, Text } from '@mantine/core';
import { useFormats } from '@/app/format';
import { useTranslation } from '@/app/i18n';
import type { FindingResponse, Review } from '@/client';
import { SidePanel } from '@/components/Overlay';
import { useNames } from './names';
import { breakdown } from './scores';

type BreakdownDrawerProps = { review: Review; findings: FindingResponse[]; onClose: () => void };

/** What each check cost each score, from the receipt. */
export function BreakdownDrawer({ review, findings, onClose }: BreakdownDrawerProps) {
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  const { number, share } = useFormats();
  const titles = new Map(findings.map((finding) => [finding.check_id, finding.title]));
  for (const fix of review.top_fixes) titles.set(fix.check, fix.title);
  const { language } = review.receipt;
  return (
    <SidePanel opened onClose={onClose} title={t('explain.title')} size="lg">
      <Stack gap="lg">
        <Text size="sm" c="dimmed">
          {t('explain.how')}
        </Text>
        {breakdown(review.receipt.scores ?? []).map(({ dimension, lost, full }) => (
          <Table key={dimension} highlightOnHover={false} captionSide="top">
            <Table.Caption ta="left" c="var(--text)" fw={600}>
              {names.dimension(dimension)}
            </Table.Caption>
            {lost.length > 0 ? (
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>{t('explain.check')}</Table.Th>
                  <Table.Th ta="right">{t('explain.hits')}</Table.Th>
                  <Table.Th ta="right">{t('explain.weight')}</Table.Th>
                  <Table.Th ta="right">{t('explain.passed')}</Table.Th>
                  <Table.Th ta="right">{t('explain.cost')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
            ) : null}
            <Table.Tbody>
              {lost.map((line) => (
                <Table.Tr key={line.check}>
                  <Table.Td>
                    <span lang={language}>{titles.get(line.check) ?? ''}</span>{' '}
                    <Text span size="xs" c="dimmed" ff="monospace">
                      {line.check}
                    </Text>
                  </Table.Td>
                  <Table.Td ta="right">
                    {t('explain.of', { hits: number(line.hits), all: number(line.opportunities) })}
                  </Table.Td>
                  <Table.Td ta="right">{number(line.weight)}</Table.Td>
                  <Table.Td ta="right">{share(line.passed)}</Table.Td>
                  <Table.Td ta="right" fw={600}>
                    −{line.cost.toFixed(1)}
                  </Table.Td>
                </Table.Tr>
              ))}
              <Table.Tr>
                <Table.Td colSpan={5} c="dimmed">
                  {t('explain.full', { count: full })}
                </Table.Td>
              </Table.Tr>
            </Table.Tbody>
          </Table>
        ))}
      </Stack>
    </SidePanel>
  );
}
