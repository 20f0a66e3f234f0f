import type { BatchItemResponse, Decision } from '@/client';
import { bodyOf, splitName } from '@/features/candidates/details';
import { knownCandidate, type Whose } from '@/features/resume_upload/whose';

/** What confirming a file as proposed means; null where a person has to choose. */
export function proposal(item: BatchItemResponse): Decision | null {
  if (item.status !== 'waiting') return null;
  if (item.candidate) return { item_id: item.id, candidate_id: item.candidate.id };
  if (item.match === 'ambiguous' || item.message) return null;
  return splitName(item.contact?.name ?? '').last_name ? { item_id: item.id, create: true } : null;
}

export function proposals(items: BatchItemResponse[]): Decision[] {
  return items.map(proposal).filter((decision) => decision !== null);
}

/** What a person said about a file. */
export function decided(item: BatchItemResponse, whose: Whose): Decision {
  const known = knownCandidate(whose, item.candidate);
  if (known) return { item_id: item.id, candidate_id: known };
  const { years_experience: _, ...details } = bodyOf(whose.details);
  return { item_id: item.id, create: true, details };
}
