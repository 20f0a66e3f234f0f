/** Left, top, right and bottom in PDF points from the top left of the page. */
export type Box = readonly number[];
/** The same in CSS pixels, as an element is placed. */
export type Rect = { left: number; top: number; width: number; height: number };

/** Where a box of a page lies on that page drawn at `scale` CSS pixels a point. */
export function toPixels(box: Box, scale: number): Rect {
  const [left = 0, top = 0, right = left, bottom = top] = box;
  return {
    left: left * scale,
    top: top * scale,
    width: (right - left) * scale,
    height: (bottom - top) * scale,
  };
}

export function area([left = 0, top = 0, right = 0, bottom = 0]: Box): number {
  return Math.max(0, right - left) * Math.max(0, bottom - top);
}

/** Whether a point of a page lies in a box, with some points of slack for a hand that is not quite steady. */
export function holds(box: Box, x: number, y: number, slack = 0): boolean {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  return left - slack <= x && x <= right + slack && top - slack <= y && y <= bottom + slack;
}

/** Pixels a point so that a page of `points` fills `pixels` at zoom 1. */
export function fittingScale(points: number, pixels: number, zoom: number): number {
  return points > 0 ? (Math.max(0, pixels) / points) * zoom : zoom;
}

type Word = { start: number; end: number; box: Box };

/** Characters as wide as they are high. */
const WIDE = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff00-\uff60]/u;

function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (WIDE.test(character) ? 1 : 0.5), 0);
}

/**
 * The boxes of a span, its words side by side on a line as one. A sentence without blanks is one word, as a rule in
 * Japanese; of a word the span has only a part of, that part is taken by the width of its characters.
 */
export function boxesOf(words: readonly Word[], text: string, start: number, end: number): number[][] {
  const lines: number[][] = [];
  for (const word of words) {
    if (word.end <= start || word.start >= end) continue;
    const [left = 0, top = 0, right = 0, bottom = 0] = part(word, text, start, end);
    const line = lines.at(-1);
    const sameLine = line && Math.abs((line[1] ?? 0) - top) < (bottom - top) / 2 && left >= (line[0] ?? 0);
    if (line && sameLine) {
      line[1] = Math.min(line[1] ?? top, top);
      line[2] = Math.max(line[2] ?? right, right);
      line[3] = Math.max(line[3] ?? bottom, bottom);
    } else lines.push([left, top, right, bottom]);
  }
  return lines;
}

function part({ start, end, box }: Word, text: string, from: number, to: number): Box {
  const [left = 0, top = 0, right = 0, bottom = 0] = box;
  const whole = widthOf(text.slice(start, end));
  if (whole === 0 || (from <= start && end <= to)) return box;
  const step = (right - left) / whole;
  const before = widthOf(text.slice(start, Math.max(start, from)));
  const after = widthOf(text.slice(Math.min(end, to), end));
  return [left + before * step, top, right - after * step, bottom];
}

/** Whether a span begins or ends within a word. */
export function cutsWord(words: readonly Word[], start: number, end: number): boolean {
  return words.some(
    (word) => (word.start < start && start < word.end) || (word.start < end && end < word.end),
  );
}
