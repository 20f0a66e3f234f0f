import { expect, it } from 'vitest';
import { changed } from './changes';

it('puts old and new values of one name on one line', () => {
  expect(changed({ role: 'admin', active: true }, { role: 'senior_recruiter', tags: ['a'] })).toEqual([
    { name: 'role', before: 'admin', after: 'senior_recruiter' },
    { name: 'active', before: 'true', after: undefined },
    { name: 'tags', before: undefined, after: '["a"]' },
  ]);
});

it('is empty for an entry without values', () => {
  expect(changed(null, null)).toEqual([]);
});
