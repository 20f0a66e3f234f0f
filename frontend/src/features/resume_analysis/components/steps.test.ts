import { describe, expect, it } from 'vitest';
import { stepStates, timeLeft } from './steps';

describe('stepStates', () => {
  it('leaves out the models where none is asked', () => {
    expect(stepStates('judge', false)).toEqual([
      ['queued', 'done'],
      ['read', 'done'],
      ['judge', 'now'],
    ]);
  });

  it('counts the preparation of questions as judging', () => {
    expect(Object.fromEntries(stepStates('prepare', true))).toMatchObject({
      judge: 'now',
      structure: 'later',
    });
  });

  it('has everything done at the end', () => {
    expect(stepStates('done', true).every(([, state]) => state === 'done')).toBe(true);
  });
});

describe('timeLeft', () => {
  it('is unknown without a usual time and once it has passed', () => {
    expect([timeLeft(400, null), timeLeft(900, 900), timeLeft(400, 900)]).toEqual([null, null, 500]);
  });
});
