import { describe, expect, it } from 'vitest';
import type { PromptItem } from '@/client';
import { inUse, nextVersion, withVersion } from './rows';

const item = (name: string, label: 'production' | 'canary', version: string): PromptItem => ({
  name,
  label,
  version,
  agent: 'structure',
  content_hash: version,
  industry: null,
  locale: 'en',
  source: 'file',
  versions: 1,
});

describe('inUse', () => {
  it('puts both labels of a prompt on one row', () => {
    const rows = inUse([
      item('a', 'production', '1.0.0'),
      item('b', 'production', '2.0.0'),
      item('a', 'canary', '1.1.0'),
    ]);

    expect(rows.map((row) => [row.name, row.production?.version, row.canary?.version])).toEqual([
      ['a', '1.0.0', '1.1.0'],
      ['b', '2.0.0', undefined],
    ]);
  });
});

describe('nextVersion', () => {
  it('counts up the highest by number, not by letter', () => {
    expect(nextVersion(['1.9.0', '1.10.2', '1.2.0'])).toBe('1.11.0');
  });
});

describe('withVersion', () => {
  it('changes the metadata only', () => {
    const yaml = 'metadata:\n  name: a\n  version: 1.0.0\nprompts:\n  user: "version: 1.0.0"\n';

    expect(withVersion(yaml, '1.1.0')).toBe(
      'metadata:\n  name: a\n  version: 1.1.0\nprompts:\n  user: "version: 1.0.0"\n',
    );
  });
});
