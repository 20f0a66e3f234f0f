export const STAGES = [0, 10, 25, 50, 100] as const;

/** One stage up at a time, or down to any. */
export function reachable(now: number, wanted: number): boolean {
  const next = STAGES.find((stage) => stage > now);
  return wanted < now || wanted === next;
}
