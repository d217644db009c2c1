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
