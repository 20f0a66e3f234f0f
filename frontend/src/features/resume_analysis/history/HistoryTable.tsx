import { Anchor, Table, Text, UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useFormats } from '@/app/format';
import { type MessageKey, useTranslation } from '@/app/i18n';
import { useUser } from '@/app/session';
import type { ReviewItem } from '@/client';
import { Score } from '@/components/Score';
import { useColleagues } from '@/features/candidates/colleagues';
import classes from './History.module.css';
import type { SortBy } from './search';

type HistoryTableProps = {
  reviews: ReviewItem[];
  sort: SortBy;
  up: boolean;
  onSort: (sort: SortBy, up: boolean) => void;
};

export function HistoryTable({ reviews, sort, up, onSort }: HistoryTableProps) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const user = useUser();
  const people = new Map(useColleagues().map(({ id, full_name }) => [id, full_name]));
  const head = (by: SortBy, label: string) => (
    <Head by={by} label={label} chosen={sort === by} up={up} onSort={onSort} />
  );
  return (
    <Table.ScrollContainer minWidth={760}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            {head('candidate', t('history.candidate'))}
            <Table.Th>{common('industry.label')}</Table.Th>
            {head('score', t('history.result'))}
            <Table.Th>{common('tier.label')}</Table.Th>
            <Table.Th>{t('history.reviewer')}</Table.Th>
            {head('date', t('history.date'))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {reviews.map((review) => (
            <Row
              key={review.id}
              review={review}
              reviewer={
                review.requested_by === user.id ? t('history.me') : (people.get(review.requested_by) ?? '–')
              }
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

type HeadProps = {
  by: SortBy;
  label: string;
  chosen: boolean;
  up: boolean;
  onSort: (sort: SortBy, up: boolean) => void;
};

/** A column that orders the list; names begin with A, dates and scores with the newest and the highest. */
function Head({ by, label, chosen, up, onSort }: HeadProps) {
  return (
    <Table.Th aria-sort={chosen ? (up ? 'ascending' : 'descending') : 'none'}>
      <UnstyledButton className={classes.sort} onClick={() => onSort(by, chosen ? !up : by === 'candidate')}>
        {label}
        <span aria-hidden="true">{chosen ? (up ? '↑' : '↓') : ''}</span>
      </UnstyledButton>
    </Table.Th>
  );
}

function Row({ review, reviewer }: { review: ReviewItem; reviewer: string }) {
  const { t: common } = useTranslation();
  const { moment } = useFormats();
  const done = review.status === 'completed';
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={400}>
        <Anchor
          inherit
          fw={600}
          renderRoot={(props) => <Link to="/reviews/$reviewId" params={{ reviewId: review.id }} {...props} />}
        >
          {review.candidate_name}
        </Anchor>
        <Text size="xs" c="dimmed">
          {review.file_name}
        </Text>
      </Table.Th>
      <Table.Td>
        {common(`industry.${review.industry}` as MessageKey<'app'>)}
        {review.review_type === 'comprehensive' ? null : (
          <Text size="xs" c="dimmed">
            {common(`reviewType.${review.review_type}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {done ? (
          <Score score={review.overall_score} />
        ) : (
          <Text size="sm" c={review.status === 'error' ? 'var(--mantine-color-error)' : 'dimmed'}>
            {common(`status.${review.status}`)}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        {review.market_tier ? common(`tier.${review.market_tier}` as MessageKey<'app'>) : ''}
      </Table.Td>
      <Table.Td>{reviewer}</Table.Td>
      <Table.Td className={classes.date}>{moment(review.created_at)}</Table.Td>
    </Table.Tr>
  );
}
