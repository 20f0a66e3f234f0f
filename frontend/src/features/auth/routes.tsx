import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { rootRoute } from '@/app/roots';
import { currentUser } from '@/app/session';

type SignInSearch = { next?: string; ended?: boolean };

/** A page of ours, never an address that somebody put into a link. */
function ownPage(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : undefined;
}

const signIn = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: (search: Record<string, unknown>): SignInSearch => ({
    next: ownPage(search.next),
    ended: search.ended === true || undefined,
  }),
  component: lazyRouteComponent(() => import('./SignIn'), 'SignIn'),
});

const newPassword = createRoute({
  getParentRoute: () => rootRoute,
  path: '/new-password',
  beforeLoad: () => {
    if (!currentUser()) throw redirect({ to: '/sign-in' });
  },
  component: lazyRouteComponent(() => import('./NewPassword'), 'NewPassword'),
});

const invitation = createRoute({
  getParentRoute: () => rootRoute,
  path: '/accept-invitation',
  validateSearch: (search: Record<string, unknown>): { token?: string } => ({
    token: typeof search.token === 'string' ? search.token : undefined,
  }),
  component: lazyRouteComponent(() => import('./Invitation'), 'Invitation'),
});

export const authRoutes = [signIn, newPassword, invitation] as const;
