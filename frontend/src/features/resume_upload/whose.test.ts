import { describe, expect, it } from 'vitest';
import { firstGuess, isComplete, knownCandidate } from './whose';

const contact = { name: 'Jane Doe', email: 'jane@x.example', phone: null, company: null, position: null };
const candidate = { id: 'c1', first_name: 'Jane', last_name: 'Doe', email: null };

describe('firstGuess', () => {
  it('takes the proposed candidate', () => {
    const whose = firstGuess({ match: 'email', candidate, contact });
    expect(whose.mode).toBe('proposed');
    expect(knownCandidate(whose, candidate)).toBe('c1');
    expect(isComplete(whose, candidate)).toBe(true);
  });
  it('makes a new one of what was read', () => {
    const whose = firstGuess({ match: 'none', candidate: null, contact });
    expect(whose).toMatchObject({ mode: 'new', details: { first_name: 'Jane', last_name: 'Doe' } });
    expect(knownCandidate(whose, null)).toBeNull();
    expect(isComplete(whose, null)).toBe(true);
  });
  it('asks when two have the name', () => {
    const whose = firstGuess({ match: 'ambiguous', candidate: null, contact });
    expect(whose.mode).toBe('other');
    expect(isComplete(whose, null)).toBe(false);
    expect(knownCandidate({ ...whose, otherId: 'c2' }, null)).toBe('c2');
  });
  it('is not complete without a name', () => {
    expect(isComplete(firstGuess({ match: 'none', candidate: null, contact: null }), null)).toBe(false);
  });
});
