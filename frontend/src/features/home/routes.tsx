import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';

const home = createRoute({
  getParentRoute: () => insideRoute,
  path: '/',
  component: lazyRouteComponent(() => import('./Home'), 'Home'),
});

export const homeRoutes = [home] as const;
