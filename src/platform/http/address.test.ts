import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { clientAddress, isLoopback } from './address.js';

const from = (remoteAddress: string, forwarded?: string): IncomingMessage =>
  ({ socket: { remoteAddress }, headers: { 'x-forwarded-for': forwarded } }) as unknown as IncomingMessage;

describe('the address of a socket', () => {
  it('is that of the other end when no proxy is believed', () => {
    const find = clientAddress(undefined);
    expect(find(from('203.0.113.7', '198.51.100.1'))).toBe('203.0.113.7');
    expect(find(from('::ffff:203.0.113.7'))).toBe('203.0.113.7');
    expect(find(from('127.0.0.1', '198.51.100.1'))).toBe('127.0.0.1');
  });

  it('is what the last believed proxy says, and nothing a stranger wrote before it', () => {
    const find = clientAddress(['loopback', '10.1.0.0/16', '2001:db8::5']);
    expect(find(from('127.0.0.1', '6.6.6.6, 198.51.100.1'))).toBe('198.51.100.1');
    expect(find(from('::1', '198.51.100.1, 10.1.2.3, 2001:db8::5'))).toBe('198.51.100.1');
    expect(find(from('10.2.0.1', '198.51.100.1'))).toBe('10.2.0.1');
    expect(find(from('127.0.0.1', 'nonsense'))).toBe('127.0.0.1');
    expect(find(from('127.0.0.1'))).toBe('127.0.0.1');
  });

  it('is known for this machine or another', () => {
    expect(['127.0.0.1', '::1', '::ffff:127.0.0.1'].map(isLoopback)).toEqual([true, true, true]);
    expect(['10.0.0.1', '', 'fe80::1'].map(isLoopback)).toEqual([false, false, false]);
  });
});
