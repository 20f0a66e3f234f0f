import { describe, expect, it } from 'vitest';
import { type Mark, markAt } from './marks';
import { covering, passages } from './passages';

const mark = (id: string, start: number, end: number, boxes: number[][] = []): Mark => ({
  id,
  kind: 'weakness',
  severity: 3,
  label: id,
  page: 1,
  boxes,
  start,
  end,
});

describe('passages', () => {
  it('is the whole text without marks', () => {
    expect(passages(0, 10, [])).toEqual([{ start: 0, end: 10, marks: [] }]);
  });

  it('cuts where marks overlap', () => {
    const cut = passages(0, 20, [mark('a', 2, 10), mark('b', 6, 14)]);
    expect(cut.map(({ start, end, marks }) => [start, end, marks.map(({ id }) => id).join('')])).toEqual([
      [0, 2, ''],
      [2, 6, 'a'],
      [6, 10, 'ab'],
      [10, 14, 'b'],
      [14, 20, ''],
    ]);
  });

  it('keeps only the part of a mark that lies in its stretch', () => {
    const cut = passages(10, 20, [mark('a', 5, 12), mark('b', 30, 40)]);
    expect(cut.map(({ start, end }) => [start, end])).toEqual([
      [10, 12],
      [12, 20],
    ]);
  });
});

describe('covering', () => {
  it('loses nothing of the text', () => {
    const parts = covering(20, [
      { start: 2, end: 5 },
      { start: 9, end: 20 },
    ]);
    expect(parts.map(({ start, end }) => end - start).reduce((sum, size) => sum + size)).toBe(20);
  });
});

describe('markAt', () => {
  it('takes the smallest of the marks at a point, and none of another page', () => {
    const marks = [mark('line', 0, 9, [[0, 0, 100, 12]]), mark('word', 0, 4, [[10, 0, 30, 12]])];
    expect(markAt(marks, 1, 15, 6)?.id).toBe('word');
    expect(markAt(marks, 1, 60, 6)?.id).toBe('line');
    expect(markAt(marks, 2, 15, 6)).toBeNull();
  });
});
