import { describe, expect, it } from 'vitest';

type Tree = { [key: string]: string | Tree };

const files = import.meta.glob<Tree>(['./messages/*.json', '../features/*/messages/*.json'], {
  eager: true,
  import: 'default',
});
const folders = [...new Set(Object.keys(files).map((path) => path.replace(/\/\w+\.json$/, '')))];

function flat(tree: Tree, prefix = ''): Record<string, string> {
  return Object.entries(tree).reduce<Record<string, string>>((all, [key, value]) => {
    const added = typeof value === 'string' ? { [prefix + key]: value } : flat(value, `${prefix}${key}.`);
    return Object.assign(all, added);
  }, {});
}

const placeholders = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();
/** Japanese has one form for all numbers. */
const base = (key: string) => key.replace(/_(one|other)$/, '');

describe.each(folders)('%s', (folder) => {
  const english = flat(files[`${folder}/en.json`] ?? {});
  const japanese = flat(files[`${folder}/ja.json`] ?? {});

  it('has every message in both languages', () => {
    expect([...new Set(Object.keys(japanese).map(base))].sort()).toEqual(
      [...new Set(Object.keys(english).map(base))].sort(),
    );
  });

  it('has no empty message', () => {
    expect(Object.entries({ ...english, ...japanese }).filter(([, text]) => !text.trim())).toEqual([]);
  });

  it('fills in the same values', () => {
    for (const [key, text] of Object.entries(japanese)) {
      const same = english[key] ?? english[`${base(key)}_other`] ?? '';
      expect([key, placeholders(text)]).toEqual([key, placeholders(same)]);
    }
  });
});
