import type { EntityManager } from '@mikro-orm/postgresql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestHub } from '../../test/hub.js';
import { someone, tinyHub } from '../../test/security/tiny.js';
import { memoryCookies } from '../platform/http/request.js';
import { newId } from '../platform/id.js';
import { openContext, settle } from './context.js';
import { writeAudited } from './write-audited.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await tinyHub();
});
afterAll(() => hub.stop());

/** Writes a memo, but is locked out so often first, by the database's own error. */
async function written(lockedOut: number) {
  const caller = someone('CARE_MANAGER');
  const request = { id: newId(), ip: '127.0.0.1', userAgent: null, acceptLanguage: null, cookies: memoryCookies() };
  const ctx = openContext(hub.platform, caller, request);
  let tries = 0;
  const work = async (em: EntityManager): Promise<void> => {
    tries += 1;
    ctx.audit.record({ action: 'memo.write' });
    await em.execute('insert into hub.memo (id, owner_id, body) values (?, ?, ?)', [
      newId(),
      caller.organizationId,
      'x',
    ]);
    if (tries <= lockedOut) await em.execute(`do $$ begin raise exception using errcode = '40P01'; end $$`);
  };
  const failed = await writeAudited(ctx, work).then(
    () => null,
    (error: unknown) => (error as { code?: unknown }).code,
  );
  await settle(ctx);
  const memos = await hub.sql('select from hub.memo where owner_id = $1', [caller.organizationId]);
  const audit = await hub.sql('select outcome from hub.audit where org_id = $1', [caller.organizationId]);
  return { failed, tries, memos: memos.length, audit: audit.map(({ outcome }) => outcome) };
}

describe('a transaction that a deadlock undid', () => {
  it.each([0, 1, 3])('begins anew after %i times, and is done and audited once', async (times) => {
    expect(await written(times)).toEqual({ failed: null, tries: times + 1, memos: 1, audit: ['ALLOWED'] });
  });

  it('has failed after the fourth time, and stands in the audit as tried once', async () => {
    expect(await written(9)).toEqual({ failed: '40P01', tries: 4, memos: 0, audit: ['REFUSED'] });
  });
});
