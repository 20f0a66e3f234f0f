import { type MessageKey, useTranslation } from '@/app/i18n';
import type { Facet } from '../findings/filter';

const PREFIX = {
  severity: 'severity',
  category: 'category',
  section: 'section',
  type: 'type',
  decision: 'decision',
} as const;

/** Words for codes of the answer; a code of a newer release is shown as it is. */
export function useNames() {
  const { t } = useTranslation('resume_analysis');
  const { t: common } = useTranslation();
  const own = (key: string, code: string) => said(() => t(key as MessageKey<'resume_analysis'>), code);
  return {
    facet: (facet: Facet, code: string) => own(`${PREFIX[facet]}.${code}`, code),
    category: (code: string) => own(`category.${code}`, code),
    section: (code: string) => own(`section.${code}`, code),
    dimension: (code: string) => own(`dimension.${code}`, code),
    integrity: (code: string) => own(`integrity.kind.${code}`, code),
    language: (code: string) => own(`languageName.${code}`, code),
    industry: (code: string) => said(() => common(`industry.${code}` as MessageKey<'app'>), code),
  };
}

function said(say: () => string, code: string): string {
  try {
    return say();
  } catch {
    return code;
  }
}
