import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { adminRoute } from '@/app/roots';
import type { UserRole } from '@/client';

export type UserSearch = {
  search?: string;
  role?: UserRole;
  active?: boolean;
  page?: number;
  user?: string;
};

const ROLES: readonly unknown[] = ['junior_recruiter', 'senior_recruiter', 'admin'];

const users = createRoute({
  getParentRoute: () => adminRoute,
  path: '/admin/users',
  validateSearch: (search: Record<string, unknown>): UserSearch => ({
    search: typeof search.search === 'string' && search.search ? search.search : undefined,
    role: ROLES.includes(search.role) ? (search.role as UserRole) : undefined,
    active: typeof search.active === 'boolean' ? search.active : undefined,
    page: Number(search.page) > 1 ? Math.floor(Number(search.page)) : undefined,
    user: typeof search.user === 'string' ? search.user : undefined,
  }),
  component: lazyRouteComponent(() => import('./Users'), 'Users'),
});

export const adminRoutes = [users] as const;
