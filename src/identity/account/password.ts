import { hash, verify } from '@node-rs/argon2';

/** OWASP's minimum for argon2id: 19 MiB, two passes, one lane. About 20 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const prefix = '$argon2id$v=19$m=19456,t=2,p=1$';
/** The hash of a forgotten random password: an unknown user costs the same time as a wrong password. */
const nobody = `${prefix}RSvqSRkKBkrNPBKC96dAWA$pC1bwpbraE9JDhbV77WxkuhciMvTo4r2QwWbEtmDzgI`;

const minLength = 12;
const maxLength = 200;

/** What people type when they are asked for twelve letters; digits and signs around them do not help. */
const commonWords = new Set(
  (
    'password passw pass qwerty qwertyuiop qwertz azerty asdf asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc letmein welcome ' +
    'iloveyou admin administrator login master dragon monkey football baseball sunshine princess shadow superman batman ' +
    'trustno starwars whatever computer internet changeme default secret freedom hello summer winter spring autumn january ' +
    'hospital medicine health nurse doctor hub referral referralhub communityreferralhub test guest user demo ' +
    'correcthorsebatterystaple thisisapassword mypassword abc abcd abcdef qwe asd zxc contrasena tequiero bienvenido hola'
  ).split(' '),
);
const walks = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyz',
  'qwertyuiopasdfghjklzxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '1qaz2wsx3edc4rfv5tgb',
];

/** The form that is hashed and compared, so that a password typed on another keyboard is the same. */
function canonical(password: string): string {
  return password.normalize('NFKC');
}

/** `abcabc` → `abc`: the shortest text that, repeated, makes up this one. */
function period(text: string): string {
  return text.slice(0, `${text}${text}`.indexOf(text, 1));
}

/** Along a row of the keyboard, the alphabet or the digits, in either direction. */
function isWalk(text: string): boolean {
  const backwards = [...text].toReversed().join('');
  return walks.some((walk) => walk.includes(text) || walk.includes(backwards));
}

/** `P@ssw0rd` → `password`. */
function unmasked(text: string): string {
  return text.replace(/0/g, 'o').replace(/[1!|]/g, 'i').replace(/3/g, 'e').replace(/[4@]/g, 'a').replace(/[5$]/g, 's');
}

/** A common word, repeated or not, with whatever stands before and after it. */
function isCommonWord(text: string): boolean {
  const core = text.replace(/^[^a-z]+|[^a-z]+$/g, '');
  return commonWords.has(core) || commonWords.has(period(core));
}

function isCommon(password: string): boolean {
  const text = password.toLowerCase().replace(/\s/g, '');
  if (period(text).length <= 4 || new Set(text).size < 5 || isWalk(text)) return true;
  // Masked letters are read as letters, and the year behind the word is cut off, in either order.
  const letters = text.replace(/[^a-z]/g, '');
  const bare = text.replace(/^[^a-z@$]+|[^a-z@$]+$/g, '');
  return [text, unmasked(text), letters, unmasked(bare)].some(isCommonWord);
}

/** Why this password may not be chosen, as one sentence for the person; null when it may. */
export function passwordProblem(password: string, email: string): string | null {
  const text = canonical(password);
  const length = [...text].length;
  if (length < minLength) return `Use at least ${minLength} characters. A few unrelated words are easy to remember.`;
  if (length > maxLength) return `Use at most ${maxLength} characters.`;
  // One or two letters before the @ would rule out nearly every password.
  const name = email.split('@')[0]?.toLowerCase() ?? '';
  if (name.length > 2 && text.toLowerCase().includes(name)) return 'Your password may not contain your e-mail name.';
  if (isCommon(text)) return 'This password is among the first that are tried. Choose one that is harder to guess.';
  return null;
}

export function hashPassword(password: string): Promise<string> {
  return hash(canonical(password), cost);
}

/** Whether the password is right. Without a hash (an unknown user) it takes as long and says no. */
export async function isPassword(passwordHash: string | null | undefined, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? nobody, canonical(password));
  return right && Boolean(passwordHash);
}

/** Whether a hash was made with another cost than today's and should be made anew at the next sign-in. */
export function isOutdated(passwordHash: string): boolean {
  return !passwordHash.startsWith(prefix);
}
