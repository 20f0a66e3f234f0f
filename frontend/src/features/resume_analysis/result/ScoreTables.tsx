import { useTranslation } from '@/app/i18n';
import { bandOf } from '@/components/Score';
import { useNames } from './names';
import { Radar } from './Radar';
import classes from './Scores.module.css';
import type { ScoreGroup } from './scores';

/** The structure and appeal scores: a figure of all eight, and bars that are a table to screen readers. */
export function ScoreTables({ groups }: { groups: ScoreGroup[] }) {
  const names = useNames();
  const inner = groups.filter(({ name }) => name !== 'areas');
  const around = inner.flatMap(({ rows }) => rows);
  return (
    <div className={classes.scores}>
      {around.length === 8 ? <Radar scores={around} names={names.dimension} /> : null}
      <div className={classes.tables}>
        {(inner.length > 0 ? inner : groups).map((group) => (
          <ScoreTable key={group.name} group={group} />
        ))}
      </div>
    </div>
  );
}

function ScoreTable({ group }: { group: ScoreGroup }) {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const names = useNames();
  return (
    <table className={classes.table}>
      <caption>{t(`group.${group.name}`)}</caption>
      <tbody>
        {group.rows.map(({ dimension, value }) => (
          <tr key={dimension} title={common(`score.${bandOf(value)}`)}>
            <th scope="row">{names.dimension(dimension)}</th>
            <td className={classes.bar} aria-hidden="true">
              <svg
                viewBox="0 0 100 6"
                preserveAspectRatio="none"
                aria-hidden="true"
                data-band={bandOf(value)}
              >
                <rect className={classes.rail} width="100" height="6" />
                <rect className={classes.fill} width={value} height="6" />
              </svg>
            </td>
            <td className={classes.value}>{value}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
