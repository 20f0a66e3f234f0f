import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';
import { readSearch } from './search';

const candidates = createRoute({
  getParentRoute: () => insideRoute,
  path: '/candidates',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./Candidates'), 'Candidates'),
});

const candidate = createRoute({
  getParentRoute: () => insideRoute,
  path: '/candidates/$candidateId',
  component: lazyRouteComponent(() => import('./Candidate'), 'Candidate'),
});

export const candidatesRoutes = [candidates, candidate] as const;
