import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';

const system = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/system',
  component: lazyRouteComponent(() => import('./System'), 'System'),
});

export const systemRoutes = [system] as const;
