import { randomInt } from 'node:crypto';
import { hashWith, keyFor } from '../token.js';

const howMany = 10;
/** No letters or digits that are read as one another on paper. 10 of them are 50 bits. */
const alphabet = 'ABCDEFGHJKMNPQRSTVWXYZ23456789';

/** Ten codes, each good once, for the day the authenticator app is gone: `ABCDE-FGH23`. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: howMany }, () => `${letters(5)}-${letters(5)}`);
}

/** What is stored of a code; null for text that is none. Keyed, for 50 bits could be guessed from a plain hash. */
export function hashRecoveryCode(hubSecret: string, userId: string, code: string): Buffer | null {
  const plain = code.toUpperCase().replace(/[\s-]/g, '');
  return /^[A-Z2-9]{10}$/.test(plain) ? hashWith(keyFor(hubSecret, 'recovery code'), userId, plain) : null;
}

function letters(count: number): string {
  return Array.from({ length: count }, () => alphabet[randomInt(alphabet.length)]).join('');
}
