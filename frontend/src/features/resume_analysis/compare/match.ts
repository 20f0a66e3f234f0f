import type { FindingResponse } from '@/client';

export type Pair = { before: FindingResponse; after: FindingResponse };
export type Changes = { fixed: FindingResponse[]; added: FindingResponse[]; open: Pair[] };

/** From this likeness of their words on, two findings of a check are the same one. */
const ALIKE = 0.6;

/** How alike two quotes are, 0-1: the share of their pairs of letters that both have (Dice). */
export function likeness(one: string | null, other: string | null): number {
  const [left, right] = [pairs(one), pairs(other)];
  if (left.size === 0 && right.size === 0) return plain(one) === plain(other) ? 1 : 0;
  let common = 0;
  for (const [pair, count] of left) common += Math.min(count, right.get(pair) ?? 0);
  return (2 * common) / (total(left) + total(right));
}

/** Which findings of an earlier review are gone, which are new, and which stand in both. */
export function changes(before: FindingResponse[], after: FindingResponse[]): Changes {
  const candidates = before.flatMap((earlier) =>
    after
      .filter((later) => later.check_id === earlier.check_id)
      .map((later) => ({ earlier, later, alike: likeness(earlier.original_text, later.original_text) })),
  );
  // The most alike pairs first, so that no weaker likeness takes a finding away from its own.
  candidates.sort((one, other) => other.alike - one.alike);
  const pairOf = new Map<FindingResponse, FindingResponse>();
  const taken = new Set<FindingResponse>();
  for (const { earlier, later, alike } of candidates) {
    if (alike < ALIKE || pairOf.has(earlier) || taken.has(later)) continue;
    pairOf.set(earlier, later);
    taken.add(later);
  }
  return {
    fixed: before.filter((finding) => !pairOf.has(finding)),
    added: after.filter((finding) => !taken.has(finding)),
    open: before.flatMap((finding) => {
      const later = pairOf.get(finding);
      return later ? [{ before: finding, after: later }] : [];
    }),
  };
}

function plain(text: string | null): string {
  return (text ?? '').normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
}

function pairs(text: string | null): Map<string, number> {
  const letters = [...plain(text)];
  const found = new Map<string, number>();
  for (let at = 1; at < letters.length; at += 1) {
    const pair = `${letters[at - 1]}${letters[at]}`;
    found.set(pair, (found.get(pair) ?? 0) + 1);
  }
  return found;
}

function total(counts: Map<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0);
}
