import { describe, expect, it } from 'vitest';
import type { FindingResponse } from '@/client';
import { counts, grouped, levelOf, matches, neighbour, shared } from './filter';

function finding(over: Partial<FindingResponse>): FindingResponse {
  return {
    id: 'f',
    finding_id: 'f',
    check_id: 'CON01',
    feedback_type: 'weakness',
    category: 'content',
    severity_level: 3,
    title: '',
    feedback_text: '',
    suggestion: null,
    original_text: null,
    suggested_text: null,
    span_start: null,
    span_end: null,
    page: null,
    boxes: null,
    section: null,
    confidence_score: null,
    decision: 'open',
    edited_text: null,
    decided_by_user_id: null,
    decided_at: null,
    decision_version: 0,
    ...over,
  };
}

const FINDINGS = [
  finding({ id: 'a', severity_level: 5, section: 'experience' }),
  finding({ id: 'b', check_id: 'FMT01', category: 'formatting', decision: 'accepted' }),
  finding({ id: 'c', severity_level: 2, section: 'experience' }),
];

describe('matches', () => {
  it('takes all filters together', () => {
    const filter = { category: 'content', section: 'experience', severity: 'low' };
    expect(FINDINGS.filter((one) => matches(one, filter)).map(({ id }) => id)).toEqual(['c']);
  });

  it('knows four levels of five severities', () => {
    expect([5, 4, 3, 2, 1].map(levelOf)).toEqual(['high', 'high', 'medium', 'low', 'note']);
  });
});

describe('counts', () => {
  it('leaves its own filter out and applies the others', () => {
    const found = counts(FINDINGS, { category: 'content', decision: 'open' }, 'category');
    expect(Object.fromEntries(found)).toEqual({ content: 2 });
    expect(Object.fromEntries(counts(FINDINGS, {}, 'decision'))).toEqual({ open: 2, accepted: 1 });
  });
});

describe('grouped', () => {
  it('keeps the order in which checks first appear', () => {
    expect(grouped(FINDINGS).map(({ check, findings }) => [check, findings.length])).toEqual([
      ['CON01', 2],
      ['FMT01', 1],
    ]);
  });

  it('shares a message that differs in the quote alone', () => {
    const say = (text: string) => finding({ original_text: text, feedback_text: `"${text}" is a duty.` });
    const group = { check: 'CON01', findings: [say('In charge of'), say('Responsible for')] };
    expect(shared(group, (one) => one.feedback_text)).toBe('"…" is a duty.');
    group.findings.push(finding({ feedback_text: 'Something else.' }));
    expect(shared(group, (one) => one.feedback_text)).toBeNull();
  });
});

describe('neighbour', () => {
  it('starts at an end and stops at the ends', () => {
    const ids = ['a', 'b'];
    expect([neighbour(ids, null, 1), neighbour(ids, null, -1)]).toEqual(['a', 'b']);
    expect([neighbour(ids, 'a', 1), neighbour(ids, 'b', 1), neighbour(ids, 'a', -1)]).toEqual([
      'b',
      'b',
      'a',
    ]);
    expect(neighbour([], 'a', 1)).toBeNull();
  });
});
