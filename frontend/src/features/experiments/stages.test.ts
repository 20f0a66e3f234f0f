import { expect, it } from 'vitest';
import { reachable, STAGES } from './stages';

it.each([
  [0, [10]],
  [25, [0, 10, 50]],
  [100, [0, 10, 25, 50]],
])('from %i %% leads to %j', (now, wanted) => {
  expect(STAGES.filter((stage) => reachable(now, stage))).toEqual(wanted);
});
