import type { Messages } from '@/app/messages';

/** The industries of the rubric's packs, in the order of the lists. */
export const INDUSTRIES = [
  'strategy_consulting',
  'tech_consulting',
  'ma_finance',
  'financial_advisory',
  'full_service_consulting',
  'system_integrator',
] as const satisfies readonly Exclude<keyof Messages['app']['industry'], 'label'>[];
