import type { Mark } from './marks';

export type Passage = { start: number; end: number; marks: Mark[] };

/** A stretch of text cut wherever a mark begins or ends; marks may overlap. */
export function passages(start: number, end: number, marks: readonly Mark[]): Passage[] {
  const within = marks.filter(
    (mark) => mark.start !== null && mark.end !== null && mark.start < end && mark.end > start,
  );
  const cuts = new Set([start, end]);
  for (const mark of within) {
    cuts.add(Math.max(start, mark.start ?? start));
    cuts.add(Math.min(end, mark.end ?? end));
  }
  const places = [...cuts].sort((one, other) => one - other);
  return places.slice(0, -1).map((from, index) => {
    const to = places[index + 1] ?? end;
    return {
      start: from,
      end: to,
      marks: within.filter((mark) => (mark.start ?? 0) <= from && to <= (mark.end ?? 0)),
    };
  });
}

type Part = { start: number; end: number };

/** The parts of a text with what stands between them, so that nothing of it is lost. */
export function covering<P extends Part>(length: number, parts: readonly P[]): (P | Part)[] {
  const all: (P | Part)[] = [];
  let at = 0;
  for (const part of [...parts].sort((one, other) => one.start - other.start)) {
    if (part.start < at) continue;
    if (part.start > at) all.push({ start: at, end: part.start });
    all.push(part);
    at = part.end;
  }
  if (at < length) all.push({ start: at, end: length });
  return all;
}
