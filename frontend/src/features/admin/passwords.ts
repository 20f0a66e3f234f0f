const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 4;
const GROUP_LENGTH = 5;

/** 20 random characters that nobody mistakes on the telephone; the owner replaces them at the first sign-in. */
export function temporaryPassword(): string {
  const numbers = crypto.getRandomValues(new Uint32Array(GROUPS * GROUP_LENGTH));
  const characters = [...numbers].map((number) => LETTERS[number % LETTERS.length]).join('');
  return characters.match(new RegExp(`.{${GROUP_LENGTH}}`, 'g'))?.join('-') ?? characters;
}
