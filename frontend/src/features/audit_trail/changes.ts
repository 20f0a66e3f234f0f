export type ChangeLine = { name: string; before?: string; after?: string };

type Values = { [key: string]: unknown } | null;

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What an entry of the log changed, value by value. */
export function changed(before: Values, after: Values): ChangeLine[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names].map((name) => ({
    name,
    before: before && name in before ? shown(before[name]) : undefined,
    after: after && name in after ? shown(after[name]) : undefined,
  }));
}
