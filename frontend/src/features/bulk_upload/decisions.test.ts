import { describe, expect, it } from 'vitest';
import type { BatchItemResponse } from '@/client';
import { NO_DETAILS } from '@/features/candidates/details';
import { decided, proposal, proposals } from './decisions';

const contact = { name: 'Jane Doe', email: null, phone: null, company: null, position: null };
const item: BatchItemResponse = {
  id: 'i1',
  filename: 'a.pdf',
  file_size: 1,
  status: 'waiting',
  match: 'none',
  candidate: null,
  contact,
  resume_id: null,
  analysis_id: null,
  can_retry: false,
};
const candidate = { id: 'c1', first_name: 'Jane', last_name: 'Doe', email: null };

describe('proposal', () => {
  it('attaches to the candidate that was found', () => {
    expect(proposal({ ...item, match: 'name', candidate })).toEqual({ item_id: 'i1', candidate_id: 'c1' });
  });
  it('creates who is not known', () => {
    expect(proposal(item)).toEqual({ item_id: 'i1', create: true });
  });
  it('leaves to a person what only a person can say', () => {
    expect(proposal({ ...item, match: 'ambiguous' })).toBeNull();
    expect(proposal({ ...item, contact: { ...contact, name: 'Jane' } })).toBeNull();
    expect(proposal({ ...item, contact: null })).toBeNull();
    expect(proposal({ ...item, message: 'The address is taken.' })).toBeNull();
    expect(proposal({ ...item, status: 'completed' })).toBeNull();
  });
});

it('counts what can be confirmed at once', () => {
  expect(proposals([item, { ...item, status: 'error' }, { ...item, id: 'i2' }])).toHaveLength(2);
});

it('sends what was typed', () => {
  const details = { ...NO_DETAILS, first_name: 'Jo', last_name: 'Doe', years_experience: '3' };
  expect(decided(item, { mode: 'new', otherId: null, details })).toMatchObject({
    create: true,
    details: { first_name: 'Jo', last_name: 'Doe' },
  });
  expect(decided(item, { mode: 'other', otherId: 'c2', details })).toEqual({
    item_id: 'i1',
    candidate_id: 'c2',
  });
});
