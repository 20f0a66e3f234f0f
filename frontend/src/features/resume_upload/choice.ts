import type { AnalyzeRequest } from '@/client';

export type Choice = Pick<AnalyzeRequest, 'target_role' | 'experience_level' | 'language' | 'review_type'> & {
  industry: string | null;
};

const KEPT = 'review-choice';
/** Role and level of the resume at hand: the form is another one once the file has been sent. */
let own: Pick<Choice, 'target_role' | 'experience_level'> = {};

/** What a person chose last. Role and level belong to one candidate, so the next one does not inherit them. */
export function rememberedChoice(industries: string[], storage: Storage = localStorage): Choice {
  const kept = read(storage);
  return {
    industry: industries.find((code) => code === kept.industry) ?? null,
    review_type: kept.review_type ?? 'comprehensive',
    language: kept.language ?? null,
    ...own,
  };
}

export function remember(choice: Choice, storage: Storage = localStorage): void {
  const { industry, review_type, language, target_role, experience_level } = choice;
  own = { target_role, experience_level };
  storage.setItem(KEPT, JSON.stringify({ industry, review_type, language }));
}

/** For the next candidate. */
export function forgetOwn(): void {
  own = {};
}

function read(storage: Storage): Partial<Choice> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEPT) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
