import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashPassword, isOutdated, isPassword, passwordProblem } from './password.js';

const email = 'rosa.lee@example.org';

describe('which passwords may be chosen', () => {
  test.each(['three blue herons', 'tractor-vellum-48', 'Zq8#mTw2!kPd', 'αβγ δοκιμή ένα δύο'])('%s may', (password) => {
    expect(passwordProblem(password, email)).toBeNull();
  });

  test.each([
    'Password1234',
    'P@ssw0rd2026!',
    'passwordpassword',
    'qwertyuiop12',
    '123456789012',
    'aaaaaaaaaaaaa',
    'abcabcabcabcabc',
    'welcome12345!',
    'Summer2026!!!!',
    'letmein letmein',
    '!!!!welcome!!!!',
    '1q2w3e4r5t6y',
    'poiuytrewq',
  ])('%s may not', (password) => {
    expect(passwordProblem(password, email)).not.toBeNull();
  });

  test('the name in front of the @ may not be part of it, in any case', () => {
    expect(passwordProblem('xx-Rosa.Lee-xx-77', email)).toContain('e-mail name');
    expect(passwordProblem('three blue herons', 'b@example.org')).toBeNull();
  });

  test('eleven characters are never enough, whatever they are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 11, unit: 'grapheme' }), (password) => {
        fc.pre([...password.normalize('NFKC')].length < 12);
        expect(passwordProblem(password, email)).toContain('at least 12');
      }),
    );
  });

  test('a random password of sixteen letters may be chosen', () => {
    const letter = fc.constantFrom(...'bcdfghjkmnpqrtvwxyz');
    fc.assert(
      fc.property(fc.array(letter, { minLength: 16, maxLength: 40 }), (letters) => {
        fc.pre(new Set(letters).size >= 8);
        expect(passwordProblem(letters.join(''), email)).toBeNull();
      }),
    );
  });
});

describe('hashes', () => {
  test('are argon2id with 19 MiB and two passes, and open for the right password alone', async () => {
    const made = await hashPassword('three blue herons');
    expect(made).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(isOutdated(made)).toBe(false);
    expect(isOutdated('$argon2id$v=19$m=4096,t=3,p=1$abc$def')).toBe(true);
    expect(await isPassword(made, 'three blue herons')).toBe(true);
    expect(await isPassword(made, 'three blue heron')).toBe(false);
  });

  test('a password is the same however its letters are composed', async () => {
    const made = await hashPassword('café con leche 7'.normalize('NFD'));
    expect(await isPassword(made, 'café con leche 7'.normalize('NFC'))).toBe(true);
  });

  test('without a hash no password is right', async () => {
    expect(await isPassword(null, 'three blue herons')).toBe(false);
    expect(await isPassword(undefined, '')).toBe(false);
  });
});
