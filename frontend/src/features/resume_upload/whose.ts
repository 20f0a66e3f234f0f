import type { BatchItemResponse } from '@/client';
import { type Details, detailsRead } from '@/features/candidates/details';

/** Whose a file is: as proposed, somebody new, or another candidate. */
export type Whose = { mode: 'proposed' | 'new' | 'other'; otherId: string | null; details: Details };

type Read = Pick<BatchItemResponse, 'match' | 'candidate' | 'contact'>;

/** What stands there before a person has said anything. Two candidates of one name leave the choice open. */
export function firstGuess({ match, candidate, contact }: Read): Whose {
  const mode = candidate ? 'proposed' : match === 'ambiguous' ? 'other' : 'new';
  return { mode, otherId: null, details: detailsRead(contact) };
}

/** The known candidate that was chosen, null while a new one is wanted or nobody was chosen. */
export function knownCandidate(whose: Whose, proposed: Read['candidate']): string | null {
  if (whose.mode === 'proposed') return proposed?.id ?? null;
  return whose.mode === 'other' ? whose.otherId : null;
}

export function isComplete(whose: Whose, proposed: Read['candidate']): boolean {
  if (whose.mode !== 'new') return knownCandidate(whose, proposed) !== null;
  return Boolean(whose.details.first_name.trim() && whose.details.last_name.trim());
}
