import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';

const experiments = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/experiments',
  component: lazyRouteComponent(() => import('./Experiments'), 'Experiments'),
});

const experiment = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/experiments/$experimentId',
  component: lazyRouteComponent(() => import('./Experiment'), 'Experiment'),
});

const rollout = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/rollouts/$rolloutId',
  component: lazyRouteComponent(() => import('./Rollout'), 'Rollout'),
});

export const experimentsRoutes = [experiments, experiment, rollout] as const;
