import { hashWith, keyFor, linkToken } from '../../identity/index.js';

/** The token of a link follows from its id, so that every letter about a referral holds the same one. */
export const tokenOf = (secret: string, linkId: string): string => linkToken(secret, 'referral', linkId);

/** Letters and digits that nobody takes for one another, and that no mail server changes: lower case alone. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';
const REPLY_LENGTH = 24;

/** The code of a link in the address that its letters are answered to: 24 of 31 letters, 118 bits. */
export function replyCodeOf(secret: string, linkId: string): string {
  const bytes = hashWith(keyFor(secret, 'referral reply'), linkId);
  // 31 divides no power of two: a byte of 248 or more would favour the first letters, so it is taken from another hash.
  const fair = [...bytes, ...hashWith(keyFor(secret, 'referral reply'), linkId, 'more')].filter((byte) => byte < 248);
  return fair
    .slice(0, REPLY_LENGTH)
    .map((byte) => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/** A reply code as it stands in an address (`reply+code@hub.example`) or in a subject (`ref-code`). */
export const REPLY_CODE = new RegExp(`(?:[+]|\\bref-)([${ALPHABET}]{${REPLY_LENGTH}})(?![${ALPHABET}])`, 'i');
