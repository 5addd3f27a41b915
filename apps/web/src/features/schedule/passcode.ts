/** No 0/O, 1/I/L, U: what is read out by telephone must not be mistaken (MTG-8). The server checks it again. */
export const PASSCODE_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ";
export const PASSCODE_LENGTH = 10;
const LONGEST = 32;

/** Uniform: bytes past the last whole multiple of the alphabet are thrown away. */
export function makePasscode(): string {
  const limit = 256 - (256 % PASSCODE_LETTERS.length);
  let made = "";
  while (made.length < PASSCODE_LENGTH) {
    for (const byte of crypto.getRandomValues(new Uint8Array(PASSCODE_LENGTH * 2))) {
      if (byte < limit && made.length < PASSCODE_LENGTH)
        made += PASSCODE_LETTERS[byte % PASSCODE_LETTERS.length];
    }
  }
  return made;
}

export function isPasscode(code: string): boolean {
  return (
    code.length >= PASSCODE_LENGTH &&
    code.length <= LONGEST &&
    [...code].every((letter) => PASSCODE_LETTERS.includes(letter))
  );
}
