import { generateSync } from 'otplib/functional';
import { describe, expect, test } from 'vitest';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { offeredSecret, openSecret, otpauthUri, sealSecret, stepOf, toBase32 } from './totp.js';

const hubSecret = 'a-secret-for-tests-only-0123456789abcdef';
const secret = offeredSecret(hubSecret, 'session-1', 'none');
const now = new Date('2026-06-15T14:00:10Z');
const codeAt = (seconds: number): string => generateSync({ secret, epoch: now.getTime() / 1000 + seconds });
const step = Math.floor(now.getTime() / 30_000);

describe('codes', () => {
  test('of this step, the one before and the one after are taken, each as its own step', () => {
    expect([-30, 0, 30].map((seconds) => stepOf(secret, codeAt(seconds), now))).toEqual([step - 1, step, step + 1]);
  });

  test('of two steps away, of another secret and text that is none are not', () => {
    const other = generateSync({ secret: offeredSecret(hubSecret, 'session-2', 'none'), epoch: now.getTime() / 1000 });
    const far = [codeAt(-61), codeAt(61), other, '', '12345', 'abcdef', '1234567'];
    expect(far.map((code) => stepOf(secret, code, now))).toEqual(far.map(() => null));
  });

  test('may be typed with a space', () => {
    const code = codeAt(0);
    expect(stepOf(secret, `${code.slice(0, 3)} ${code.slice(3)}`, now)).toBe(step);
  });
});

describe('the secret', () => {
  test('is the same while it is offered, and new for another session or after one was confirmed', () => {
    expect(offeredSecret(hubSecret, 'session-1', 'none')).toEqual(secret);
    expect(offeredSecret(hubSecret, 'session-2', 'none')).not.toEqual(secret);
    expect(offeredSecret(hubSecret, 'session-1', '2026')).not.toEqual(secret);
    expect(secret).toHaveLength(20);
  });

  test('opens for its owner, with the hub’s secret, unchanged', () => {
    const sealed = sealSecret(hubSecret, 'user-1', secret);
    expect(openSecret(hubSecret, 'user-1', sealed)).toEqual(secret);
    expect(() => openSecret(hubSecret, 'user-2', sealed)).toThrow();
    expect(() => openSecret(`${hubSecret}x`, 'user-1', sealed)).toThrow();
    const changed = Buffer.from(sealed);
    changed[sealed.length - 1] = (changed.at(-1) ?? 0) ^ 1;
    expect(() => openSecret(hubSecret, 'user-1', changed)).toThrow();
    expect(sealSecret(hubSecret, 'user-1', secret)).not.toEqual(sealed);
  });

  test('reads in the app as it does in the address behind the QR code', () => {
    expect(toBase32(Buffer.from('foobar'))).toBe('MZXW6YTBOI');
    const uri = new URL(otpauthUri(secret, 'a+b@example.org'));
    expect(uri.searchParams.get('secret')).toBe(toBase32(secret));
    expect(decodeURIComponent(uri.pathname)).toContain('a+b@example.org');
    expect(generateSync({ secret: toBase32(secret), epoch: 59 })).toBe(generateSync({ secret, epoch: 59 }));
  });
});

describe('recovery codes', () => {
  test('are ten, all different, and known again however they are typed', () => {
    const codes = newRecoveryCodes();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) {
      expect(code).toMatch(/^[A-Z2-9]{5}-[A-Z2-9]{5}$/);
      const hash = hashRecoveryCode(hubSecret, 'user-1', code);
      expect(hashRecoveryCode(hubSecret, 'user-1', code.toLowerCase().replace('-', ' '))).toEqual(hash);
      expect(hashRecoveryCode(hubSecret, 'user-2', code)).not.toEqual(hash);
    }
    expect(hashRecoveryCode(hubSecret, 'user-1', '123456')).toBeNull();
  });
});
