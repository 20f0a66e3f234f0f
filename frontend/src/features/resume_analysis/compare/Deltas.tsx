import { Table, Title } from '@mantine/core';
import { useTranslation } from '@/app/i18n';
import type { Review } from '@/client';
import { Score } from '@/components/Score';
import { useNames } from '../result/names';
import { Radar } from '../result/Radar';
import { scoreGroups } from '../result/scores';
import classes from './Compare.module.css';
import { deltas } from './deltas';

const AXES = 8;

/** The scores of both and what lies between them. */
export function Deltas({ before, after }: { before: Review; after: Review }) {
  const { t } = useTranslation('resume_analysis');
  const names = useNames();
  const around = (review: Review) =>
    scoreGroups(review)
      .filter(({ name }) => name !== 'areas')
      .flatMap(({ rows }) => rows);
  const [one, other] = [around(before), around(after)];
  const whole = one.length === AXES && other.length === AXES;
  return (
    <section className={classes.part}>
      <Title order={2}>{t('comparing.scores')}</Title>
      <div className={classes.scores}>
        <Table highlightOnHover={false} className={classes.deltas}>
          <Table.Thead>
            <Table.Tr>
              <Table.Td />
              <Table.Th ta="right">{t('comparing.left')}</Table.Th>
              <Table.Th ta="right">{t('comparing.right')}</Table.Th>
              <Table.Th ta="right">{t('comparing.change')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {deltas(before, after).map(({ dimension, before: from, after: to, change }) => (
              <Table.Tr key={dimension} data-whole={dimension === 'overall'}>
                <Table.Th scope="row">{names.dimension(dimension)}</Table.Th>
                <Table.Td ta="right">
                  <Score score={from} />
                </Table.Td>
                <Table.Td ta="right">
                  <Score score={to} />
                </Table.Td>
                <Table.Td ta="right">{change === null ? '–' : <Change points={change} />}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {whole ? (
          <figure className={classes.figure}>
            <Radar scores={other} other={one} names={names.dimension} />
            <figcaption>{t('comparing.figure')}</figcaption>
          </figure>
        ) : null}
      </div>
    </section>
  );
}

function Change({ points }: { points: number }) {
  const kind = points > 0 ? 'up' : points < 0 ? 'down' : 'same';
  return (
    <span className={classes.change} data-kind={kind}>
      {points > 0 ? `+${points}` : points < 0 ? `−${-points}` : '0'}
    </span>
  );
}
