import type { AnalyzeRequest } from '@/client';

export type Choice = Pick<AnalyzeRequest, 'target_role' | 'experience_level' | 'language' | 'review_type'> & {
  industry: string | null;
};

const KEPT = 'review-choice';

/** What a person chose last. Role and level belong to one candidate, so the next one does not inherit them. */
export function rememberedChoice(industries: string[], storage: Storage = localStorage): Choice {
  const kept = read(storage);
  return {
    industry: industries.find((code) => code === kept.industry) ?? null,
    review_type: kept.review_type ?? 'comprehensive',
    language: kept.language ?? null,
  };
}

export function remember(choice: Choice, storage: Storage = localStorage): void {
  const { industry, review_type, language } = choice;
  storage.setItem(KEPT, JSON.stringify({ industry, review_type, language }));
}

function read(storage: Storage): Partial<Choice> {
  try {
    const kept: unknown = JSON.parse(storage.getItem(KEPT) ?? '{}');
    return typeof kept === 'object' && kept !== null ? kept : {};
  } catch {
    return {};
  }
}
