import { describe, expect, it } from 'vitest';
import type { FindingResponse } from '@/client';
import { approvedText, bySection, comment, isApproved } from './approved';

const finding = (over: Partial<FindingResponse>) =>
  ({
    feedback_type: 'weakness',
    decision: 'accepted',
    feedback_text: 'A duty.',
    suggestion: 'Start with what you did.',
    edited_text: null,
    original_text: null,
    suggested_text: null,
    section: null,
    span_start: null,
    ...over,
  }) as FindingResponse;

describe('isApproved', () => {
  it('leaves out what is open or rejected, and strengths', () => {
    const all = (['open', 'accepted', 'edited', 'rejected'] as const).map((decision) =>
      finding({ decision }),
    );
    expect(all.map(isApproved)).toEqual([false, true, true, false]);
    expect(isApproved(finding({ feedback_type: 'strength' }))).toBe(false);
  });
});

describe('comment', () => {
  it("takes the consultant's words in place of the review's", () => {
    expect(comment(finding({}))).toBe('A duty. Start with what you did.');
    expect(comment(finding({ decision: 'edited', edited_text: 'Say what you built.' }))).toBe(
      'Say what you built.',
    );
  });
});

describe('bySection', () => {
  it('follows the resume and ends with what is about the whole', () => {
    const found = [
      finding({}),
      finding({ section: 'skills', span_start: 90 }),
      finding({ section: 'summary', span_start: 5 }),
    ];
    expect(bySection(found).map(({ section }) => section)).toEqual(['summary', 'skills', null]);
  });
});

describe('approvedText', () => {
  it('is plain text with the words it is about', () => {
    const found = [
      finding({ section: 'skills', span_start: 1, original_text: 'In\ncharge', suggested_text: 'Led' }),
    ];
    expect(approvedText(found, (name) => name.toUpperCase(), 'Whole')).toBe(
      'SKILLS\n- "In charge": A duty. Start with what you did.\n  → Led',
    );
  });
});
