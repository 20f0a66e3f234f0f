import type { Label, PromptItem } from '@/client';

export type PromptRow = Pick<PromptItem, 'name' | 'agent' | 'industry' | 'locale'> &
  Partial<Record<Label, PromptItem>>;

/** One row a prompt and language, with what each label stands for. */
export function inUse(items: readonly PromptItem[]): PromptRow[] {
  const rows = new Map<string, PromptRow>();
  for (const item of items) {
    const key = `${item.name}/${item.locale}`;
    const { name, agent, industry, locale } = item;
    rows.set(key, { ...(rows.get(key) ?? { name, agent, industry, locale }), [item.label]: item });
  }
  return [...rows.values()];
}

/** The version after the highest one: what an editor begins with, so that nothing published is touched. */
export function nextVersion(versions: readonly string[]): string {
  const highest = versions
    .map((version) => version.split('.').map(Number))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0) || (a[2] ?? 0) - (b[2] ?? 0))
    .at(-1);
  const [major = 1, minor = 0] = highest ?? [];
  return `${major}.${minor + 1}.0`;
}

/** The text with another version in its metadata. */
export function withVersion(yaml: string, version: string): string {
  return yaml.replace(/^(\s+version:\s*).*$/m, `$1${version}`);
}
