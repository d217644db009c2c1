import { DatabaseError } from 'pg';
import { describe, expect, it } from 'vitest';
import { createLog, redactUrl } from './log.js';

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => lines.push(line) }));
  return lines.join('');
}

describe('the log', () => {
  it('holds no header or field that opens a door', () => {
    const headers = { authorization: 'Bearer abc', cookie: 'session=abc' };
    const text = logged((log) => log.info({ req: { headers }, token: 'abc', input: { password: 'abc' } }, 'x'));
    expect(text).not.toContain('abc');
  });

  it('shows the code of a problem, and no code that somebody typed', () => {
    const failed = Object.assign(new Error('x'), { code: '23505' });
    const text = logged((log) => {
      log.error({ err: failed }, 'x');
      log.error({ error: Object.assign(new Error('x'), { code: 'ETIMEDOUT' }) }, 'x');
      log.warn({ code: '57P01' }, 'x');
      log.warn({ code: 'RATE_LIMITED' }, 'x');
      log.warn({ code: 4403 }, 'x');
    });
    for (const code of ['23505', 'ETIMEDOUT', '57P01', 'RATE_LIMITED', '4403']) expect(text).toContain(code);
    expect(text).not.toContain('redacted');
    const typed = logged((log) => {
      log.info({ code: '123456' }, 'x');
      log.info({ code: 'abcd-efgh' }, 'x');
      log.info({ input: { code: '23505' }, query: { code: 'E12345' } }, 'x');
      log.error({ err: Object.assign(new Error('x'), { code: 'a1b2c3d4' }) }, 'x');
    });
    expect(typed).not.toMatch(/123456|abcd|23505|E12345|a1b2/);
  });

  it('holds no token of an address', () => {
    expect(redactUrl('/link?token=abc&x=1&code=def#e')).toBe('/link?token=[redacted]&x=1&code=[redacted]#e');
    expect(logged((log) => log.info({ req: { method: 'GET', url: '/r?token=abc' } }, 'x'))).not.toContain('abc');
  });

  it('holds no row that a database error quotes', () => {
    const error = Object.assign(new DatabaseError('value "Jane" is wrong', 1, 'error'), {
      code: '22P02',
      detail: 'Jane',
    });
    const text = logged((log) => log.error({ err: error }, 'x'));
    expect(text).toContain('22P02');
    expect(text).not.toContain('Jane');
  });

  it('holds no address of a database that is away', () => {
    const error = Object.assign(new Error('connect ECONNREFUSED 10.1.2.3:5432'), { code: 'ECONNREFUSED' });
    const text = logged((log) => log.error({ err: error }, 'x'));
    expect(text).toContain('ECONNREFUSED');
    expect(text).not.toContain('10.1.2.3');
  });
});
