import { ApiError } from '@/app/api';
import { accessToken, renew } from '@/app/session';

type Sending = {
  path: string;
  form: FormData;
  /** Names the attempt: sent again with the same key, nothing is stored twice. */
  key: string;
  signal: AbortSignal;
  /** Bytes sent and bytes in all, with the form's own. */
  onProgress: (sent: number, total: number) => void;
};

export class Cancelled extends Error {}

export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-');
}

/** Sends a form and tells how far it is, which `fetch` cannot. */
export async function send<T>(sending: Sending): Promise<T> {
  try {
    return await attempt<T>(sending, await accessToken());
  } catch (error) {
    if (!(error instanceof ApiError && error.status === 401 && (await renew()))) throw error;
    return attempt<T>(sending, await accessToken());
  }
}

function attempt<T>({ path, form, key, signal, onProgress }: Sending, token: string | null): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', path);
    if (token) request.setRequestHeader('authorization', `Bearer ${token}`);
    request.setRequestHeader('idempotency-key', key);
    request.upload.addEventListener('progress', (event) => onProgress(event.loaded, event.total));
    request.addEventListener('load', () => {
      const answer = parsed(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(answer as T);
      else reject(new ApiError(request.status, answer));
    });
    request.addEventListener('error', () => reject(new ApiError(0, {})));
    request.addEventListener('abort', () => reject(new Cancelled()));
    signal.addEventListener('abort', () => request.abort());
    if (signal.aborted) reject(new Cancelled());
    else request.send(form);
  });
}

function parsed(text: string): Record<string, never> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
