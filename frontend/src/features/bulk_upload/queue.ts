const KEPT = 'queue';

/** The bulk upload a person works through, until another one is opened in this tab. */
export function workThrough(batchId: string): void {
  sessionStorage.setItem(KEPT, batchId);
}

export function queueInWork(): string | null {
  return sessionStorage.getItem(KEPT);
}
