import { describe, expect, it } from 'vitest';
import type { Document } from '@/client';
import { excerpt } from './excerpt';

const TEXT = 'Experience\n• Responsible for the billing\nplatform of forty councils.';
const block = { start: 11, end: TEXT.length, page: 1, kind: 'bullet' };
const DOCUMENT = { text: TEXT, blocks: [block] } as unknown as Document;

describe('excerpt', () => {
  it('stays in the bullet, on one line and without its sign', () => {
    const start = TEXT.indexOf('Responsible');
    expect(excerpt(DOCUMENT, start, start + 15)).toEqual({
      before: '',
      quote: 'Responsible for',
      after: ' the billing platform of forty councils.',
    });
  });

  it('starts with a whole word when it does not start with the bullet', () => {
    const start = TEXT.indexOf('councils');
    expect(excerpt(DOCUMENT, start, start + 8).before).toBe('… platform of forty ');
  });
});
