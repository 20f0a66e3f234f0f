export type Stretch = { text: string; kind: 'same' | 'added' | 'removed' | 'skipped' };

/** Longer stretches without a change are cut down to their ends. */
const KEPT = 160;
const TIMEOUT_MS = 3_000;

/** The words that differ between two texts; null when they differ so much that it takes too long. */
export async function wordDiff(before: string, after: string, language: string): Promise<Stretch[] | null> {
  const { diffWordsWithSpace } = await import('diff');
  const parts = diffWordsWithSpace(before, after, {
    // Japanese has no blanks between its words.
    intlSegmenter: new Intl.Segmenter(language, { granularity: 'word' }),
    timeout: TIMEOUT_MS,
  });
  if (!parts) return null;
  return folded(
    parts.map(({ value, added, removed }) => ({
      text: value,
      kind: added ? 'added' : removed ? 'removed' : 'same',
    })),
  );
}

/** What has not changed, cut down to what stands next to a change. */
export function folded(stretches: Stretch[]): Stretch[] {
  return stretches.flatMap((stretch, index) => {
    if (stretch.kind !== 'same' || stretch.text.length <= 2 * KEPT) return [stretch];
    const first = index === 0;
    const last = index === stretches.length - 1;
    const head = first ? '' : upToLine(stretch.text.slice(0, KEPT));
    const tail = last ? '' : fromLine(stretch.text.slice(-KEPT));
    const same = (text: string): Stretch[] => (text ? [{ text, kind: 'same' }] : []);
    const left = stretch.text.slice(head.length, stretch.text.length - tail.length);
    return [...same(head), { text: left, kind: 'skipped' } satisfies Stretch, ...same(tail)];
  });
}

function upToLine(text: string): string {
  const end = text.lastIndexOf('\n');
  return end > 0 ? text.slice(0, end + 1) : text;
}

function fromLine(text: string): string {
  const start = text.indexOf('\n');
  return start >= 0 && start < text.length - 1 ? text.slice(start + 1) : text;
}
