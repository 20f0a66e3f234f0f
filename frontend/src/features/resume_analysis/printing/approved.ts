import type { FindingResponse } from '@/client';

/** What a candidate may read: what a consultant accepted, or put into their own words. */
export function isApproved(finding: FindingResponse): boolean {
  return (
    finding.feedback_type !== 'strength' && (finding.decision === 'accepted' || finding.decision === 'edited')
  );
}

/** The comment as the candidate reads it: the consultant's words in place of the review's own. */
export function comment(finding: FindingResponse): string {
  if (finding.decision === 'edited' && finding.edited_text) return finding.edited_text;
  return [finding.feedback_text, finding.suggestion].filter(Boolean).join(' ');
}

export type CommentGroup = { section: string | null; findings: FindingResponse[] };

/** The comments by part of the resume, in the order of the resume; those about the whole come last. */
export function bySection(findings: FindingResponse[]): CommentGroup[] {
  const places = new Map<string | null, CommentGroup>();
  const inOrder = [...findings].sort(
    (one, other) => (one.span_start ?? Number.MAX_VALUE) - (other.span_start ?? Number.MAX_VALUE),
  );
  for (const finding of inOrder) {
    const group = places.get(finding.section) ?? { section: finding.section, findings: [] };
    places.set(finding.section, group);
    group.findings.push(finding);
  }
  return [...places.values()].sort(
    (one, other) => Number(one.section === null) - Number(other.section === null),
  );
}

/** All comments as plain text, for an e-mail. */
export function approvedText(
  findings: FindingResponse[],
  nameOf: (section: string) => string,
  whole: string,
): string {
  return bySection(findings)
    .map(({ section, findings: about }) => {
      const lines = about.map((finding) => {
        const words = finding.original_text ? `"${finding.original_text.replace(/\s+/g, ' ')}": ` : '';
        const example = finding.decision === 'accepted' && finding.suggested_text;
        return `- ${words}${comment(finding)}${example ? `\n  → ${example}` : ''}`;
      });
      return [section ? nameOf(section) : whole, ...lines].join('\n');
    })
    .join('\n\n');
}
