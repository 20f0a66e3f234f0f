import { describe, expect, it } from 'vitest';
import type { FindingResponse } from '@/client';
import { changes, likeness } from './match';

const finding = (id: string, check_id: string, original_text: string | null) =>
  ({ id, check_id, original_text }) as FindingResponse;

describe('likeness', () => {
  it('is whole for the same words in another case, width or spacing', () => {
    expect(likeness('Responsible  for', 'responsible for')).toBe(1);
    expect(likeness('AWS', 'aws')).toBe(1);
    expect(likeness(null, null)).toBe(1);
  });

  it('is small for other words, and none beside no words', () => {
    expect(likeness('Responsible for billing', 'Worked with clients')).toBeLessThan(0.4);
    expect(likeness('Responsible for', null)).toBe(0);
  });
});

describe('changes', () => {
  it('tells fixed, new and open findings apart', () => {
    const before = [
      finding('a', 'CON01', 'Responsible for the billing system'),
      finding('b', 'CON08', 'Helped'),
    ];
    const after = [finding('c', 'CON01', 'Responsible for the billing systems'), finding('d', 'CMP02', null)];
    const found = changes(before, after);
    expect(found.fixed.map(({ id }) => id)).toEqual(['b']);
    expect(found.added.map(({ id }) => id)).toEqual(['d']);
    expect(found.open.map((pair) => [pair.before.id, pair.after.id])).toEqual([['a', 'c']]);
  });

  it('gives every finding to the one most like it, and to one only', () => {
    const before = [
      finding('a', 'CON01', 'Responsible for sales'),
      finding('b', 'CON01', 'Responsible for sale'),
    ];
    const after = [finding('c', 'CON01', 'Responsible for sales')];
    const found = changes(before, after);
    expect(found.open.map((pair) => pair.before.id)).toEqual(['a']);
    expect(found.fixed.map(({ id }) => id)).toEqual(['b']);
  });

  it('never pairs findings of different checks', () => {
    const found = changes([finding('a', 'CON01', 'Helped')], [finding('b', 'CON08', 'Helped')]);
    expect([found.fixed.length, found.added.length, found.open.length]).toEqual([1, 1, 0]);
  });
});
