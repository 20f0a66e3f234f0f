import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';
import { readHistory } from './history/search';
import { compareSearch, reviewSearch } from './search';

const reviews = createRoute({
  getParentRoute: () => insideRoute,
  path: '/reviews',
  validateSearch: readHistory,
  component: lazyRouteComponent(() => import('./Reviews'), 'Reviews'),
});

const review = createRoute({
  getParentRoute: () => insideRoute,
  path: '/reviews/$reviewId',
  validateSearch: reviewSearch,
  component: lazyRouteComponent(() => import('./Review'), 'Review'),
});

const print = createRoute({
  getParentRoute: () => insideRoute,
  path: '/reviews/$reviewId/print',
  validateSearch: (search: Record<string, unknown>): { scores?: false } => ({
    scores: search.scores === false ? false : undefined,
  }),
  component: lazyRouteComponent(() => import('./printing/Print'), 'Print'),
});

const compare = createRoute({
  getParentRoute: () => insideRoute,
  path: '/compare',
  validateSearch: compareSearch,
  component: lazyRouteComponent(() => import('./Compare'), 'Compare'),
});

export const resumeAnalysisRoutes = [reviews, review, print, compare] as const;
