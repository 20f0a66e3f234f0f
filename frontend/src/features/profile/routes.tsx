import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';

const profile = createRoute({
  getParentRoute: () => insideRoute,
  path: '/profile',
  component: lazyRouteComponent(() => import('./Profile'), 'Profile'),
});

export const profileRoutes = [profile] as const;
