import { useSyncExternalStore } from 'react';
import type { BrowserSession, UserResponse } from '@/client';

type Session = { token: string; user: UserResponse; expiresAt: number };

const REFRESH_MARGIN_MS = 60_000;
const ROUTES = '/api/v1/auth/browser';

let session: Session | null = null;
let refreshing: Promise<boolean> | null = null;
const listeners = new Set<() => void>();
// Signing out in one tab must empty the others, which share its cookie.
const channel = new BroadcastChannel('session');

function keep(answer: BrowserSession | null): void {
  session = answer && {
    token: answer.access_token,
    user: answer.user,
    expiresAt: Date.now() + answer.expires_in * 1000,
  };
  for (const listener of listeners) listener();
}

channel.addEventListener('message', () => keep(null));

/** The access token, renewed shortly before it ends; null when nobody is signed in. */
export async function accessToken(): Promise<string | null> {
  if (session && session.expiresAt - Date.now() < REFRESH_MARGIN_MS) await renew();
  return session?.token ?? null;
}

/** Exchanges the cookie for a new access token; requests that fail together renew once. */
export function renew(): Promise<boolean> {
  refreshing ??= fetch(`${ROUTES}/refresh`, { method: 'POST' })
    .then(async (response) => {
      if (response.ok) keep(await response.json());
      else if (response.status === 401) keep(null);
      return response.ok;
    })
    .finally(() => {
      refreshing = null;
    });
  return refreshing;
}

export function signedIn(answer: BrowserSession): void {
  keep(answer);
}

export async function signOut(): Promise<void> {
  const token = await accessToken();
  if (token) {
    await fetch(`${ROUTES}/logout`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  }
  keep(null);
  channel.postMessage('signed out');
}

export function currentUser(): UserResponse | null {
  return session?.user ?? null;
}

/** After the profile or the password was changed. */
export function replaceUser(user: UserResponse): void {
  if (session) session = { ...session, user };
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useSession(): UserResponse | null {
  return useSyncExternalStore(subscribe, currentUser);
}

/** For screens behind the sign-in, where there always is a user. */
export function useUser(): UserResponse {
  const user = useSession();
  if (!user) throw new Error('No user: this screen must stand behind the sign-in.');
  return user;
}
