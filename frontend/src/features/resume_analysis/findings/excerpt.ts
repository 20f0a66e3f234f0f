import type { Document } from '@/client';

export type Excerpt = { before: string; quote: string; after: string };

const BEFORE = 24;
const AFTER = 72;
const BULLETS = /^[\s•●○◦▪■□–—*・·-]+/;

/** The words of a finding and a little of what stands around them in the same bullet or paragraph. */
export function excerpt(document: Document, start: number, end: number): Excerpt {
  const { text, blocks } = document;
  const block = blocks.find((one) => one.start <= start && end <= one.end) ?? { start, end };
  const from = Math.max(block.start, start - BEFORE);
  const before = oneLine(text.slice(from, start));
  const after = oneLine(text.slice(end, Math.min(block.end, end + AFTER)));
  return {
    before: from > block.start ? `…${fromBlank(before)}` : before.replace(BULLETS, ''),
    quote: oneLine(text.slice(start, end)).trim(),
    after: after.trimEnd() + (end + AFTER < block.end ? '…' : ''),
  };
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

/** Without the piece of a word at its start, where there is a blank near. */
function fromBlank(text: string): string {
  const blank = text.indexOf(' ');
  return blank >= 0 && blank < BEFORE / 2 ? text.slice(blank) : text;
}
