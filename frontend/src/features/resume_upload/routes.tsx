import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { insideRoute } from '@/app/roots';

/** At most one of them: a file on its way to a candidate, a candidate whose next version comes, or a stored version. */
type UploadSearch = { batch?: string; candidate?: string; resume?: string };

const text = (value: unknown) => (typeof value === 'string' && value ? value : undefined);

const upload = createRoute({
  getParentRoute: () => insideRoute,
  path: '/upload',
  validateSearch: (search: Record<string, unknown>): UploadSearch => ({
    batch: text(search.batch),
    candidate: text(search.candidate),
    resume: text(search.resume),
  }),
  component: lazyRouteComponent(() => import('./Upload'), 'Upload'),
});

export const resumeUploadRoutes = [upload] as const;
