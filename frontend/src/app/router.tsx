import { createRouter } from '@tanstack/react-router';
import { adminRoutes } from '@/features/admin/routes';
import { auditTrailRoutes } from '@/features/audit_trail/routes';
import { authRoutes } from '@/features/auth/routes';
import { bulkUploadRoutes } from '@/features/bulk_upload/routes';
import { candidatesRoutes } from '@/features/candidates/routes';
import { experimentsRoutes } from '@/features/experiments/routes';
import { homeRoutes } from '@/features/home/routes';
import { profileRoutes } from '@/features/profile/routes';
import { promptsRoutes } from '@/features/prompts/routes';
import { resumeAnalysisRoutes } from '@/features/resume_analysis/routes';
import { resumeUploadRoutes } from '@/features/resume_upload/routes';
import { systemRoutes } from '@/features/system/routes';
import { webhooksRoutes } from '@/features/webhooks/routes';
import { adminRoute, insideRoute, rootRoute } from './roots';

const routeTree = rootRoute.addChildren([
  ...authRoutes,
  insideRoute.addChildren([
    ...bulkUploadRoutes,
    ...candidatesRoutes,
    ...homeRoutes,
    ...profileRoutes,
    ...resumeAnalysisRoutes,
    ...resumeUploadRoutes,
    adminRoute.addChildren([
      ...adminRoutes,
      ...auditTrailRoutes,
      ...experimentsRoutes,
      ...promptsRoutes,
      ...systemRoutes,
      ...webhooksRoutes,
    ]),
  ]),
]);

export const router = createRouter({ routeTree, defaultPreload: 'intent', scrollRestoration: true });

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
