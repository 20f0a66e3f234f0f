import type { Document, DocumentIntegrityMark, DocumentSpan, FindingResponse } from '@/client';
import { area, type Box, boxesOf, cutsWord, holds } from './geometry';

export type MarkKind = 'weakness' | 'strength' | 'tier' | 'hidden';

/** Something that lights up on a page or in the text: a finding, the evidence of the tier, hidden text. */
export type Mark = {
  /** The id of the finding; marks of the same id light up together. */
  id: string;
  kind: MarkKind;
  severity: number;
  label: string;
  page: number | null;
  boxes: Box[];
  start: number | null;
  end: number | null;
};

export const TIER = 'tier';

export function markOf(finding: FindingResponse, document: Document): Mark {
  const { span_start: start, span_end: end } = finding;
  const words = document.pages.find((page) => page.number === finding.page)?.words ?? [];
  // The boxes of the answer are those of whole words.
  const partly = start !== null && end !== null && cutsWord(words, start, end);
  return {
    id: finding.id,
    kind: finding.feedback_type === 'strength' ? 'strength' : 'weakness',
    severity: finding.severity_level,
    label: finding.title,
    page: finding.page,
    boxes: partly ? boxesOf(words, document.text, start, end) : (finding.boxes ?? []),
    start,
    end,
  };
}

/** The words a tier was read from; spans have no boxes of their own, so they come from the words of the pages. */
export function tierMarks(document: Document, evidence: DocumentSpan[], label: string): Mark[] {
  return evidence.flatMap(({ start, end }): Mark[] => {
    const mark: Mark = { id: TIER, kind: 'tier', severity: 1, label, page: null, boxes: [], start, end };
    const found = document.pages
      .map((page) => ({
        ...mark,
        page: page.number,
        boxes: boxesOf(page.words ?? [], document.text, start, end),
      }))
      .filter(({ boxes }) => boxes.length > 0);
    return found.length > 0 ? found : [mark];
  });
}

/** Hidden or disguised text that has a place on a page. */
export function hiddenMarks(marks: DocumentIntegrityMark[]): Mark[] {
  return marks.flatMap((mark, index) =>
    mark.box && mark.page
      ? [
          {
            id: `hidden-${index}`,
            kind: 'hidden',
            severity: 1,
            label: mark.text ?? mark.detail ?? '',
            page: mark.page,
            boxes: [mark.box as Box],
            start: null,
            end: null,
          } satisfies Mark,
        ]
      : [],
  );
}

/** The mark at a point of a page; where several lie over each other, the smallest. */
export function markAt(marks: readonly Mark[], page: number, x: number, y: number): Mark | null {
  const SLACK_POINTS = 1.5;
  const hits = marks
    .filter((mark) => mark.page === page)
    .flatMap((mark) => mark.boxes.map((box) => ({ mark, box })))
    .filter(({ box }) => holds(box, x, y, SLACK_POINTS))
    .sort((one, other) => area(one.box) - area(other.box));
  return hits[0]?.mark ?? null;
}
