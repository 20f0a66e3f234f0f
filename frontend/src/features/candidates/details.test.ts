import { describe, expect, it } from 'vitest';
import { bodyOf, detailsRead, NO_DETAILS, splitName } from './details';

describe('splitName', () => {
  it.each([
    ['Jane Doe', 'Jane', 'Doe'],
    ['  Ana  de la Cruz ', 'Ana', 'de la Cruz'],
    ['山田 太郎', '太郎', '山田'],
    ['Taro 山田', 'Taro', '山田'],
    ['Cher', 'Cher', ''],
    ['', '', ''],
  ])('%s', (name, first_name, last_name) => {
    expect(splitName(name)).toEqual({ first_name, last_name });
  });
});

it('reads what a file says', () => {
  const contact = { name: 'Jane Doe', email: 'j@x.example', phone: null, company: 'Harrow', position: null };
  expect(detailsRead(contact)).toMatchObject({ first_name: 'Jane', current_company: 'Harrow', phone: '' });
  expect(detailsRead(null)).toEqual(NO_DETAILS);
});

it('sends null for what is empty and a number for years', () => {
  expect(bodyOf({ ...NO_DETAILS, first_name: ' Jane ', last_name: 'Doe', years_experience: '0' })).toEqual({
    first_name: 'Jane',
    last_name: 'Doe',
    email: null,
    phone: null,
    current_company: null,
    current_position: null,
    years_experience: 0,
  });
});
