import { describe, expect, it } from 'vitest';
import { folded, wordDiff } from './textDiff';

const kinds = async (before: string, after: string, language = 'en') =>
  (await wordDiff(before, after, language))?.map(({ kind, text }) => `${kind}:${text}`);

describe('wordDiff', () => {
  it('marks whole words', async () => {
    expect(await kinds('Led a team of four', 'Led a team of nine')).toEqual([
      'same:Led a team of ',
      'removed:four',
      'added:nine',
    ]);
  });

  it('knows where Japanese words end', async () => {
    const found = await kinds('営業部の業務を担当', '営業部の業務を改善', 'ja');
    expect(found?.at(0)).toBe('same:営業部の業務を');
    expect(found).toContain('removed:担当');
    expect(found).toContain('added:改善');
  });

  it('gives back both texts whole', async () => {
    const [before, after] = ['One two\nthree four', 'One three\nfour five'];
    const found = (await wordDiff(before, after, 'en')) ?? [];
    const join = (out: string) =>
      found
        .filter(({ kind }) => kind !== out)
        .map(({ text }) => text)
        .join('');
    expect([join('added'), join('removed')]).toEqual([before, after]);
  });
});

describe('folded', () => {
  it('hides the middle of a long stretch without a change, and none of its words get lost', () => {
    const text = Array.from({ length: 60 }, (_, line) => `Line ${line} of the resume`).join('\n');
    const parts = folded([
      { text: 'Old', kind: 'removed' },
      { text, kind: 'same' },
      { text: 'New', kind: 'added' },
    ]);
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'same', 'skipped', 'same', 'added']);
    expect(
      parts
        .slice(1, 4)
        .map((part) => part.text)
        .join(''),
    ).toBe(text);
  });
});
