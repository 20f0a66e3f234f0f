import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';

const FIRST_PAGE = 1;

const batches = createRoute({
  getParentRoute: () => insideRoute,
  path: '/uploads',
  validateSearch: (search: Record<string, unknown>): { page?: number } => {
    const page = Number(search.page);
    return { page: Number.isInteger(page) && page > FIRST_PAGE ? page : undefined };
  },
  component: lazyRouteComponent(() => import('./Batches'), 'Batches'),
});

const batch = createRoute({
  getParentRoute: () => insideRoute,
  path: '/uploads/$batchId',
  component: lazyRouteComponent(() => import('./Batch'), 'Batch'),
});

export const bulkUploadRoutes = [batches, batch] as const;
