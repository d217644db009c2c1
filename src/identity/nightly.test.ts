import { afterAll, beforeAll, expect, it } from 'vitest';
import { careManager } from '../../test/actors.js';
import { insert } from '../../test/factories.js';
import { testHub, type TestHub } from '../../test/hub.js';
import { newId } from '../platform/id.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await testHub({ now: new Date() });
});
afterAll(() => hub.stop());

it('forgets invitations a quarter after they ended, taken or not', async () => {
  const { organization, user } = await careManager(hub);
  const day = (days: number): Date => new Date(hub.clock.now().getTime() + days * 86_400_000);
  const invite = async (ends: Record<string, Date>): Promise<string> => {
    const id = newId();
    await insert(hub, 'invitation', {
      id,
      organization_id: organization.id,
      email: `${id}@example.org`,
      roles: ['CARE_MANAGER'],
      token_hash: Buffer.from(id),
      invited_by: user.id,
      expires_at: day(7),
      ...ends,
    });
    return id;
  };
  const kept = [await invite({}), await invite({ expires_at: day(-80) }), await invite({ accepted_at: day(-80) })];
  await invite({ expires_at: day(-91) });
  await invite({ accepted_at: day(-91) });
  await invite({ revoked_at: day(-91) });
  await hub.sql(`select hub.enqueue('identity.clear-ended')`);
  await hub.runJobs();
  const left = await hub.sql<{ id: string }>('select id from hub.invitation');
  expect(left.map(({ id }) => id).toSorted()).toEqual(kept.toSorted());
});
