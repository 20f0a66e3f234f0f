import { expect, it } from 'vitest';
import { exportPath, isFiltered, queryOf, readHistory } from './search';

it('takes what an address may say and nothing else', () => {
  const odd = readHistory({
    status: 'failed',
    from: '21.11.2026',
    min: 101,
    max: 'x',
    page: 1,
    up: 'yes',
    sort: 'name',
  });
  expect(Object.values(odd).filter((value) => value !== undefined)).toEqual([]);
  expect(
    readHistory({ status: 'error', from: '2026-11-21', min: 0, page: 3, up: true, sort: 'score' }),
  ).toMatchObject({
    status: 'error',
    from: '2026-11-21',
    min: 0,
    page: 3,
    up: true,
    sort: 'score',
  });
});

it('knows when something was left out', () => {
  expect(isFiltered({ sort: 'score', up: true, page: 2 })).toBe(false);
  expect(isFiltered({ min: 0 })).toBe(true);
});

it('asks for a page and exports the same reviews whole', () => {
  const search = { reviewer: 'me', min: 60, page: 2, sort: 'score' as const };
  expect(queryOf(search, 'u1')).toMatchObject({ reviewer: 'u1', min_score: 60, page: 2, page_size: 50 });
  expect(exportPath(search, 'u1')).toBe('/api/v1/analysis/export?reviewer=u1&min_score=60');
  expect(exportPath({}, 'u1')).toBe('/api/v1/analysis/export');
});
