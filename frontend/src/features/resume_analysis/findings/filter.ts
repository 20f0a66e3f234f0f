import type { FeedbackDecision, FindingResponse } from '@/client';

export const LEVELS = ['high', 'medium', 'low', 'note'] as const;
export const DECISIONS: FeedbackDecision[] = ['open', 'accepted', 'edited', 'rejected'];
export type Level = (typeof LEVELS)[number];
export const FACETS = ['severity', 'category', 'section', 'type', 'decision'] as const;
export type Facet = (typeof FACETS)[number];
export type FindingFilter = Partial<Record<Facet, string>>;

/** Severities 5 and 4 are one level to a reader. */
export function levelOf(severity: number): Level {
  if (severity >= 4) return 'high';
  if (severity === 3) return 'medium';
  return severity === 2 ? 'low' : 'note';
}

/** What a finding is under each heading that findings are filtered by. */
export function facetOf(finding: FindingResponse, facet: Facet): string | null {
  switch (facet) {
    case 'severity':
      return levelOf(finding.severity_level);
    case 'category':
      return finding.category;
    case 'section':
      return finding.section;
    case 'type':
      return finding.feedback_type;
    case 'decision':
      return finding.decision;
  }
}

export function matches(finding: FindingResponse, filter: FindingFilter): boolean {
  return FACETS.every((facet) => !filter[facet] || facetOf(finding, facet) === filter[facet]);
}

/** The values that occur under a heading and how many findings have them, the other filters applied. */
export function counts(
  findings: FindingResponse[],
  filter: FindingFilter,
  facet: Facet,
): Map<string, number> {
  const others = { ...filter, [facet]: undefined };
  const found = new Map<string, number>();
  for (const finding of findings) {
    const value = facetOf(finding, facet);
    if (value && matches(finding, others)) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

export type FindingGroup = { check: string; findings: FindingResponse[] };

/** The findings by check, in the order in which the checks first appear: worst first. */
export function grouped(findings: FindingResponse[]): FindingGroup[] {
  const groups = new Map<string, FindingGroup>();
  for (const finding of findings) {
    const known = groups.get(finding.check_id);
    if (known) known.findings.push(finding);
    else groups.set(finding.check_id, { check: finding.check_id, findings: [finding] });
  }
  return [...groups.values()];
}

/** What every finding of a group says but for its quote; null where each says something of its own. */
export function shared(
  group: FindingGroup,
  pick: (finding: FindingResponse) => string | null,
): string | null {
  const [first] = group.findings;
  if (!first) return null;
  const alike = new Set(
    group.findings.map((finding) => (pick(finding) ?? '').replace(finding.original_text ?? '\0', '…')),
  );
  return alike.size === 1 ? (group.findings.length > 1 ? ([...alike][0] ?? null) : pick(first)) : null;
}

/** The finding before or after another in the order of the list; the first one when there is none yet. */
export function neighbour(ids: string[], from: string | null, step: 1 | -1): string | null {
  const at = from === null ? -1 : ids.indexOf(from);
  if (at < 0) return (step === 1 ? ids[0] : ids.at(-1)) ?? null;
  return ids[Math.min(ids.length - 1, Math.max(0, at + step))] ?? null;
}
