import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';

const webhooks = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/webhooks',
  validateSearch: (search: Record<string, unknown>): { webhook?: string } => ({
    webhook: typeof search.webhook === 'string' ? search.webhook : undefined,
  }),
  component: lazyRouteComponent(() => import('./Webhooks'), 'Webhooks'),
});

export const webhooksRoutes = [webhooks] as const;
