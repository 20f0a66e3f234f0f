import { expect, it } from 'vitest';
import { forgetOwn, remember, rememberedChoice } from './choice';

function storage(text?: string): Storage {
  const kept = new Map(text === undefined ? [] : [['review-choice', text]]);
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

it('remembers the industry, the depth and the language, not what belongs to one candidate', () => {
  const kept = storage();
  remember(
    {
      industry: 'ma_finance',
      review_type: 'quick_scan',
      language: 'ja',
      target_role: 'CFO',
      experience_level: 'senior',
    },
    kept,
  );
  const lasting = { industry: 'ma_finance', review_type: 'quick_scan', language: 'ja' };
  expect(rememberedChoice(['ma_finance'], kept)).toEqual({
    ...lasting,
    target_role: 'CFO',
    experience_level: 'senior',
  });
  forgetOwn();
  expect(rememberedChoice(['ma_finance'], kept)).toEqual(lasting);
});

it('forgets an industry that is gone', () => {
  expect(rememberedChoice([], storage('{"industry":"ma_finance"}')).industry).toBeNull();
});

it('survives what is not its own', () => {
  for (const text of ['', 'null', '{', '[]', '"x"']) {
    expect(rememberedChoice(['ma_finance'], storage(text))).toMatchObject({ review_type: 'comprehensive' });
  }
});
