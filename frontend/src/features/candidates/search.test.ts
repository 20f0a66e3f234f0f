import { expect, it } from 'vitest';
import { isFiltered, queryOf, readSearch } from './search';

it('takes what an address may say and nothing else', () => {
  expect(
    readSearch({ search: 'x', status: 'placed', assigned: 'me', resume: false, sort: 'name', offset: 50 }),
  ).toEqual({
    search: 'x',
    status: 'placed',
    assigned: 'me',
    industry: undefined,
    resume: false,
    sort: 'name',
    offset: 50,
  });
  const odd = readSearch({ search: '', status: 'gone', resume: 'yes', sort: 'score', offset: -1 });
  expect(Object.values(odd).filter((value) => value !== undefined)).toEqual([]);
  expect(readSearch({ search: 2079 }).search).toBe('2079');
});

it('knows when something was left out', () => {
  expect(isFiltered({ sort: 'name', offset: 50 })).toBe(false);
  expect(isFiltered({ resume: false })).toBe(true);
});

it('asks the server', () => {
  expect(queryOf({ status: 'archived', assigned: 'me' }, 'u1')).toMatchObject({
    status: ['archived'],
    assigned_to: 'u1',
    limit: 50,
    offset: 0,
  });
  expect(queryOf({ assigned: 'u2' }, 'u1').assigned_to).toBe('u2');
});
