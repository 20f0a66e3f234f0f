import type { Problem } from '@/client';
import { client } from '@/client/client.gen';
import { accessToken, renew } from './session';

/** What a request ended with: the server's own words, or `offline` when it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;
  readonly requestId: string | null;
  readonly fields: Record<string, string>;

  constructor(status: number, problem: Partial<Problem>) {
    super(problem.detail ?? '');
    this.name = 'ApiError';
    this.status = status;
    this.code = problem.code ?? 'unknown';
    this.requestId = problem.request_id ?? null;
    this.fields = Object.fromEntries((problem.errors ?? []).map((item) => [item.field, item.message]));
  }

  get offline(): boolean {
    return this.status === 0;
  }
}

async function authorized(request: Request): Promise<Response> {
  const token = await accessToken();
  if (token) request.headers.set('authorization', `Bearer ${token}`);
  return fetch(request);
}

/** A request with the access token; one whose token has ended is sent once more with a new one. */
export async function apiFetch(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const again = request.clone();
  const response = await authorized(request);
  if (response.status !== 401 || !(await renew())) return response;
  return authorized(again);
}

/** The bytes of a file of the API. */
export async function apiFile(path: string, init?: RequestInit): Promise<Blob> {
  const response = await apiFetch(path, init).catch(() => {
    throw new ApiError(0, {});
  });
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})));
  return response.blob();
}

/** Has the browser save a file of the API under the name that the server gives it. */
export async function downloadFile(path: string, fallbackName: string, init?: RequestInit): Promise<void> {
  const response = await apiFetch(path, init);
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})));
  const disposition = response.headers.get('content-disposition') ?? '';
  const encoded = /filename\*=utf-8''([^;]+)/i.exec(disposition)?.[1];
  const plain = /filename="?([^";]+)"?/i.exec(disposition)?.[1];
  const link = document.createElement('a');
  link.href = URL.createObjectURL(await response.blob());
  link.download = encoded ? decodeURIComponent(encoded) : (plain ?? fallbackName);
  link.click();
  URL.revokeObjectURL(link.href);
}

export function configureClient(): void {
  client.setConfig({ baseUrl: '', fetch: (input, init) => apiFetch(input, init), throwOnError: true });
  client.interceptors.error.use((error, response) =>
    response
      ? new ApiError(response.status, typeof error === 'object' && error ? (error as Partial<Problem>) : {})
      : new ApiError(0, {}),
  );
}
