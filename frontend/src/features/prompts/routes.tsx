import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';
import type { Locale } from '@/client';

const LOCALES: readonly string[] = ['en', 'ja'];

export const PARTS = ['edit', 'versions', 'trials'] as const;
export type PromptPart = (typeof PARTS)[number];
export type PromptSearch = { part?: PromptPart; version?: string; against?: string; trial?: string };

const word = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const prompts = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/prompts',
  component: lazyRouteComponent(() => import('./Prompts'), 'Prompts'),
});

const prompt = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/prompts/$name/$locale',
  params: {
    parse: ({ name, locale }) => ({ name, locale: (LOCALES.includes(locale) ? locale : 'en') as Locale }),
    stringify: ({ name, locale }) => ({ name, locale }),
  },
  validateSearch: (search: Record<string, unknown>): PromptSearch => ({
    part: PARTS.find((part) => part === search.part),
    version: word(search.version),
    against: word(search.against),
    trial: word(search.trial),
  }),
  component: lazyRouteComponent(() => import('./Prompt'), 'Prompt'),
});

export const promptsRoutes = [prompts, prompt] as const;
