import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';
import type { ActivityAction, EntityType } from '@/client';

export type AuditSearch = {
  action?: ActivityAction;
  entity?: EntityType;
  id?: string;
  user?: string;
  from?: string;
  to?: string;
};

const word = <T extends string>(value: unknown) =>
  typeof value === 'string' && value ? (value as T) : undefined;

const audit = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/audit',
  validateSearch: (search: Record<string, unknown>): AuditSearch => ({
    action: word<ActivityAction>(search.action),
    entity: word<EntityType>(search.entity),
    id: word(search.id),
    user: word(search.user),
    from: word(search.from),
    to: word(search.to),
  }),
  component: lazyRouteComponent(() => import('./AuditTrail'), 'AuditTrail'),
});

export const auditTrailRoutes = [audit] as const;
