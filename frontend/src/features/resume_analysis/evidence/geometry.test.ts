import { describe, expect, it } from 'vitest';
import { boxesOf, cutsWord, fittingScale, holds, toPixels } from './geometry';

describe('toPixels', () => {
  it('keeps points at scale 1', () => {
    expect(toPixels([10, 20, 110, 32], 1)).toEqual({ left: 10, top: 20, width: 100, height: 12 });
  });

  it('scales place and size alike', () => {
    expect(toPixels([10, 20, 110, 32], 1.5)).toEqual({ left: 15, top: 30, width: 150, height: 18 });
  });

  it('puts the far corner of a page on the far corner of its drawing', () => {
    const [width, height] = [595.28, 841.89];
    const scale = fittingScale(width, 700, 1);
    const rect = toPixels([0, 0, width, height], scale);
    expect(rect.width).toBeCloseTo(700);
    expect(rect.height).toBeCloseTo((700 / width) * height);
  });
});

describe('holds', () => {
  it('reaches as far as its slack', () => {
    const box = [10, 10, 20, 20];
    expect([holds(box, 15, 15), holds(box, 21, 15), holds(box, 21, 15, 2)]).toEqual([true, false, true]);
  });
});

describe('boxesOf', () => {
  const text = 'Cut the cost of it';
  const words = [
    { start: 0, end: 4, box: [10, 10, 30, 20] },
    { start: 5, end: 9, box: [34, 10, 50, 20] },
    { start: 10, end: 14, box: [10, 24, 30, 34] },
    { start: 15, end: 19, box: [34, 24, 50, 34] },
  ];

  it('joins the words of a line and no others', () => {
    expect(boxesOf(words, text, 5, 14)).toEqual([
      [34, 10, 50, 20],
      [10, 24, 30, 34],
    ]);
    expect(boxesOf(words, text, 0, 9)).toEqual([[10, 10, 50, 20]]);
  });

  it('takes the part of a sentence without blanks that the span has', () => {
    const sentence = '業務をExcelで担当';
    const word = { start: 0, end: sentence.length, box: [0, 0, 85, 10] };
    const start = sentence.indexOf('担当');
    expect(boxesOf([word], sentence, start, start + 2)).toEqual([[65, 0, 85, 10]]);
    expect(boxesOf([word], sentence, 0, 3)).toEqual([[0, 0, 30, 10]]);
    expect([cutsWord([word], start, start + 2), cutsWord([word], 0, sentence.length)]).toEqual([true, false]);
  });

  it('takes half-open spans', () => {
    expect(boxesOf(words, text, 4, 5)).toEqual([]);
  });
});
