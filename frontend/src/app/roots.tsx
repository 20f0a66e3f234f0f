import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { Crashed, NoPermission, NotFound } from '@/components/Problem';
import { Shell } from './Shell';
import { currentUser, renew, useUser } from './session';

/** Whoever opens a page: signed in already, or by the cookie of an earlier visit. */
async function known(): Promise<boolean> {
  return currentUser() !== null || (await renew().catch(() => false));
}

export const rootRoute = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

/** Every screen that needs a signed-in user. */
export const insideRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'inside',
  component: Shell,
  beforeLoad: async ({ location }) => {
    if (!(await known())) throw redirect({ to: '/sign-in', search: { next: location.href } });
    if (currentUser()?.force_password_change) throw redirect({ to: '/new-password' });
  },
  notFoundComponent: NotFound,
  errorComponent: Crashed,
});

/** Every screen for administrators only; the server refuses the others all the same. */
export const adminRoute = createRoute({
  getParentRoute: () => insideRoute,
  id: 'admin',
  component: function AdministratorsOnly() {
    return useUser().role === 'admin' ? <Outlet /> : <NoPermission />;
  },
});
