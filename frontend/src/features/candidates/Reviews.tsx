import { Anchor, Button, Checkbox, Group, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useFormats } from '@/app/format';
import { type MessageKey, useTranslation } from '@/app/i18n';
import type { ReviewItem } from '@/client';
import { listReviewsOptions, listVersionsOptions } from '@/client/@tanstack/react-query.gen';
import { QueryView } from '@/components/QueryView';
import { Score } from '@/components/Score';

const SHOWN = 50;
const AGAIN_MS = 3_000;

/** All reviews of a candidate; two finished ones can be laid side by side. */
export function Reviews({ candidateId }: { candidateId: string }) {
  const { t } = useTranslation('candidates');
  const versions = useQuery(listVersionsOptions({ path: { candidate_id: candidateId } }));
  const numbers = new Map(versions.data?.resumes.map((resume) => [resume.id, resume.version_number]));
  const [chosen, setChosen] = useState<string[]>([]);
  const reviews = useQuery({
    ...listReviewsOptions({ query: { candidate_id: candidateId, page_size: SHOWN } }),
    refetchInterval: ({ state }) =>
      state.data?.analyses.some(({ status }) => status === 'pending' || status === 'processing')
        ? AGAIN_MS
        : false,
  });
  // The older one goes to the left, as one reads.
  const pair = reviews.data?.analyses.filter(({ id }) => chosen.includes(id)).reverse() ?? [];

  return (
    <QueryView query={reviews}>
      {({ analyses, total_count }) =>
        analyses.length === 0 ? (
          <Text c="dimmed">{t('noReviews')}</Text>
        ) : (
          <Stack gap="sm">
            <Table.ScrollContainer minWidth={560}>
              <Table>
                <Table.Thead>
                  <Table.Tr>
                    <Table.Th w={40}>
                      <span className="sr-only">{t('compare.choose')}</span>
                    </Table.Th>
                    <Table.Th>{t('date')}</Table.Th>
                    <Table.Th ta="right">{t('version')}</Table.Th>
                    <Table.Th>{t('industry')}</Table.Th>
                    <Table.Th>{t('result')}</Table.Th>
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {analyses.map((review) => (
                    <Row
                      key={review.id}
                      review={review}
                      version={numbers.get(review.resume_id)}
                      chosen={chosen.includes(review.id)}
                      onChoose={() =>
                        setChosen((before) =>
                          before.includes(review.id)
                            ? before.filter((id) => id !== review.id)
                            : [...before.slice(-1), review.id],
                        )
                      }
                    />
                  ))}
                </Table.Tbody>
              </Table>
            </Table.ScrollContainer>
            <Group justify="space-between">
              <Compare left={pair[0]} right={pair[1]} />
              {total_count > analyses.length ? (
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link to="/reviews" search={{ candidate: candidateId }} {...props} />
                  )}
                >
                  {t('allReviews', { count: total_count })}
                </Anchor>
              ) : null}
            </Group>
          </Stack>
        )
      }
    </QueryView>
  );
}

function Compare({ left, right }: { left?: ReviewItem; right?: ReviewItem }) {
  const { t } = useTranslation('candidates');
  if (!left || !right) {
    return (
      <Text size="sm" c="dimmed">
        {t('compare.hint')}
      </Text>
    );
  }
  return (
    <Button
      variant="default"
      renderRoot={(props) => <Link to="/compare" search={{ left: left.id, right: right.id }} {...props} />}
    >
      {t('compare.do')}
    </Button>
  );
}

type RowProps = { review: ReviewItem; version?: number; chosen: boolean; onChoose: () => void };

function Row({ review, version, chosen, onChoose }: RowProps) {
  const { t } = useTranslation('candidates');
  const { t: common } = useTranslation();
  const { day } = useFormats();
  const industry = common(`industry.${review.industry}` as MessageKey<'app'>);
  const done = review.status === 'completed';
  return (
    <Table.Tr>
      <Table.Td>
        {done ? (
          <Checkbox
            size="xs"
            aria-label={t('compare.this', { industry, date: day(review.created_at) })}
            checked={chosen}
            onChange={onChoose}
          />
        ) : null}
      </Table.Td>
      <Table.Th scope="row" fw={400}>
        <Anchor
          inherit
          renderRoot={(props) => <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} {...props} />}
        >
          {day(review.created_at)}
        </Anchor>
      </Table.Th>
      <Table.Td ta="right">{version}</Table.Td>
      <Table.Td>
        {industry}
        {review.review_type === 'comprehensive' ? null : (
          <Text size="xs" c="dimmed">
            {common(`reviewType.${review.review_type}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>{done ? <Score score={review.overall_score} /> : common(`status.${review.status}`)}</Table.Td>
    </Table.Tr>
  );
}
