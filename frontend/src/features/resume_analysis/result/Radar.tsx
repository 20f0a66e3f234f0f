import classes from './Scores.module.css';
import { onAxis, type Scored } from './scores';

type RadarProps = { scores: Scored[]; names: (dimension: string) => string; other?: Scored[] };

const RADIUS = 78;
const RINGS = [25, 50, 75, 100];
const LABEL_AT = 1.13;

/** The eight scores as a figure; for those who cannot see it the table beside it says the same. */
export function Radar({ scores, names, other }: RadarProps) {
  const count = scores.length;
  const corner = (share: number) => (index: number) => {
    const { x, y } = onAxis(index, count, share, RADIUS);
    return `${x.toFixed(1)},${y.toFixed(1)}`;
  };
  const outline = (of: Scored[]) => of.map(({ value }, index) => corner(value / 100)(index)).join(' ');
  const axes = scores.map((_, index) => index);
  return (
    <svg viewBox="-160 -98 320 196" className={classes.radar} aria-hidden="true">
      {RINGS.map((ring) => (
        <polygon key={ring} className={classes.ring} points={axes.map(corner(ring / 100)).join(' ')} />
      ))}
      {other ? <polygon className={classes.other} points={outline(other)} /> : null}
      <polygon className={classes.shape} points={outline(scores)} />
      {scores.map(({ dimension, value }, index) => {
        const dot = onAxis(index, count, value / 100, RADIUS);
        const label = onAxis(index, count, LABEL_AT, RADIUS);
        const side = Math.abs(label.x) < 4 ? 'middle' : label.x > 0 ? 'start' : 'end';
        return (
          <g key={dimension}>
            <circle className={classes.dot} cx={dot.x} cy={dot.y} r={2.2} />
            <text x={label.x} y={label.y} textAnchor={side} dominantBaseline="middle">
              {names(dimension)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
