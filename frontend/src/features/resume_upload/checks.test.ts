import { describe, expect, it } from 'vitest';
import { acceptedEnds, isArchive, refusalOf, sharesSent } from './checks';

const limits = { max_file_size_mb: 10, supported_file_types: ['pdf', 'docx', 'image', 'new'] };

describe('refusalOf', () => {
  it('takes what the server reads', () => {
    for (const name of ['a.pdf', 'A.PDF', 'a.b.docx', 'scan.jpeg', 'many.zip', 'a.new', 'resume', '.pdf']) {
      expect([name, refusalOf({ name, size: 1 }, limits)]).toEqual([name, null]);
    }
  });
  it('says what is wrong', () => {
    expect(refusalOf({ name: 'a.exe', size: 1 }, limits)).toBe('unknownKind');
    expect(refusalOf({ name: 'a.pdf', size: 0 }, limits)).toBe('empty');
    expect(refusalOf({ name: 'a.pdf', size: 10_000_001 }, limits)).toBe('tooLarge');
    expect(refusalOf({ name: 'a.pdf', size: 10_000_000 }, limits)).toBeNull();
    expect(refusalOf({ name: 'a.zip', size: 100_000_000 }, limits)).toBeNull();
  });
});

it('offers every kind and archives', () => {
  expect(acceptedEnds(limits)).toEqual(expect.arrayContaining(['.pdf', '.png', '.new', '.zip']));
  expect(isArchive({ name: 'All.ZIP' })).toBe(true);
});

describe('sharesSent', () => {
  it('fills file after file', () => {
    expect(sharesSent([10, 20, 10], 20)).toEqual([1, 0.5, 0]);
    expect(sharesSent([10, 20], 500)).toEqual([1, 1]);
    expect(sharesSent([0, 10], 0)).toEqual([1, 0]);
  });
});
