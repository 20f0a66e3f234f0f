import { expect, it } from 'vitest';
import { temporaryPassword } from './passwords';

it('gives groups of letters that are told apart, another one each time', () => {
  const given = new Set(Array.from({ length: 50 }, temporaryPassword));

  expect(given.size).toBe(50);
  for (const password of given) expect(password).toMatch(/^([a-hj-km-np-z2-9]{5}-){3}[a-hj-km-np-z2-9]{5}$/);
});
