import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { generateURI, verifySync } from 'otplib/functional';
import { keyFor } from '../token.js';

const stepSeconds = 30;
const issuer = 'Community Referral Hub';
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const [versionByte, ivLength, tagLength] = [1, 12, 16];

/**
 * The secret offered to a person who sets up an authenticator app: 20 bytes that follow from the hub's secret and the
 * session, so that nothing is stored until the first code has proved that the app has it. `generation` changes when
 * one is confirmed, so that the next one is new.
 */
export function offeredSecret(hubSecret: string, sessionId: string, generation: string): Buffer {
  return Buffer.from(hkdfSync('sha256', keyFor(hubSecret, 'totp offer'), sessionId, `hub totp ${generation}`, 20));
}

/** Encrypts a secret for the database. The person's id is bound in, so that it cannot be moved to another account. */
export function sealSecret(hubSecret: string, userId: string, plain: Buffer): Buffer {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv('aes-256-gcm', keyFor(hubSecret, 'totp secret'), iv).setAAD(Buffer.from(userId));
  const text = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([Buffer.from([versionByte]), iv, cipher.getAuthTag(), text]);
}

/** The secret that {@link sealSecret} encrypted. Throws when it was changed, or belongs to someone else. */
export function openSecret(hubSecret: string, userId: string, sealed: Buffer): Buffer {
  if (sealed[0] !== versionByte) throw new Error('A second factor in an unknown form');
  const iv = sealed.subarray(1, 1 + ivLength);
  const tag = sealed.subarray(1 + ivLength, 1 + ivLength + tagLength);
  const decipher = createDecipheriv('aes-256-gcm', keyFor(hubSecret, 'totp secret'), iv, { authTagLength: tagLength });
  decipher.setAAD(Buffer.from(userId)).setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(1 + ivLength + tagLength)), decipher.final()]);
}

/**
 * The time step whose code this is, one step early or late allowed; null when it is none. The caller keeps the step
 * and refuses it the next time: a code opens once.
 */
export function stepOf(secret: Buffer, code: string, now: Date): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const epoch = Math.floor(now.getTime() / 1000);
  const result = verifySync({ secret, token, epoch, epochTolerance: stepSeconds });
  return result.valid && 'timeStep' in result ? result.timeStep : null;
}

/** The secret as authenticator apps take it when it is typed: base32 without padding. */
export function toBase32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => alphabet[Number.parseInt(five.padEnd(5, '0'), 2)]).join('');
}

/** The `otpauth:` address behind the QR code. */
export function otpauthUri(secret: Buffer, email: string): string {
  return generateURI({ issuer, label: email, secret: toBase32(secret) });
}
