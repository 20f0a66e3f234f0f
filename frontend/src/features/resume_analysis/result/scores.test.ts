import { describe, expect, it } from 'vitest';
import { breakdown, onAxis, scoreGroups } from './scores';

const line = (dimension: string, check: string, cost: number) => ({
  dimension,
  check,
  cost,
  hits: 1,
  opportunities: 1,
  passed: 0,
  weight: 1,
});

describe('scoreGroups', () => {
  it('leaves out what the type of review does not have', () => {
    const groups = scoreGroups({ scores: { ats: 88, overall: null, structure: null, appeal: null } });
    expect(groups).toEqual([{ name: 'areas', rows: [{ dimension: 'ats', value: 88 }] }]);
  });
});

describe('breakdown', () => {
  it('puts the dearest check first and counts those without loss', () => {
    const lines = [line('tone', 'TON01', 1), line('tone', 'TON02', 3), line('tone', 'TON03', 0)];
    const [tone] = breakdown(lines);
    expect([tone?.lost.map(({ check }) => check), tone?.full]).toEqual([['TON02', 'TON01'], 1]);
  });
});

describe('onAxis', () => {
  it('starts at the top and goes round clockwise', () => {
    const [top, right] = [onAxis(0, 4, 1, 10), onAxis(1, 4, 0.5, 10)];
    expect([top.x, top.y, right.x, right.y].map(Math.round)).toEqual([0, -10, 5, 0]);
  });
});
