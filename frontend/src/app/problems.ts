import { ApiError } from './api';
import { currentLanguage, type Language, problemMessage } from './i18n';

/** Codes under which the server says what exactly is wrong; its words are shown as well. */
const EXACT = new Set(['resumes.unreadable', 'resumes.unsupported', 'prompts.invalid', 'validation.failed']);

export type Said = { text: string; lang: Language };

/** Why the server refused, for a person; in its own English where the code is known in no other words. */
export function said(code: string | null | undefined, english: string): Said {
  const known = code ? problemMessage(code) : undefined;
  if (!code || !known) return { text: english, lang: 'en' };
  return { text: EXACT.has(code) ? `${known} (${english})` : known, lang: currentLanguage() };
}

/** Null where the server said nothing or could not be reached. */
export function saidBy(error: unknown): Said | null {
  return error instanceof ApiError && error.message ? said(error.code, error.message) : null;
}
