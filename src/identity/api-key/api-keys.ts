import { LockMode } from '@mikro-orm/postgresql';
import { DateTime } from 'luxon';
import { load, type HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { fittingRoles, withinReach } from '../member/grants.js';
import { ownOrganization } from '../member/own-organization.js';
import type { Role } from '../member/role.js';
import { personOf } from '../session/person.js';
import { hashToken, newToken } from '../token.js';
import { ApiKey } from './api-key.entity.js';
import { apiKeyPrefix } from './find-api-key.js';

interface NewKey {
  name: string;
  roles: readonly Role[];
  /** The last day on which it works, in the organization's time zone. */
  expiresOn?: string | null | undefined;
}

/** Makes a key for other software. The token is in the answer and nowhere else. */
export async function createApiKey(ctx: HubContext, input: NewKey): Promise<{ apiKey: ApiKey; token: string }> {
  const person = personOf(ctx);
  const name = input.name.trim();
  if (name === '' || name.length > 100) {
    return refuse('NAME_LENGTH', 'Say what the key is for, with at most 100 letters.', 'name');
  }
  const { id: organizationId, kind, timeZone } = await ownOrganization(ctx);
  const roles = fittingRoles(input.roles, kind);
  if (!withinReach(roles, person.roles)) {
    return refuse('ROLE_BEYOND_YOURS', 'A key may do no more than you may yourself.', 'roles');
  }
  const now = ctx.clock.now();
  const token = `${apiKeyPrefix}${newToken()}`;
  const em = await ctx.db.em();
  const apiKey = em.create(ApiKey, {
    id: newId(),
    organizationId,
    name,
    tokenHash: hashToken(token),
    hint: token.slice(-4),
    roles,
    createdBy: person.userId,
    createdAt: now,
    expiresAt: input.expiresOn ? endOfDay(input.expiresOn, timeZone, now) : null,
  });
  ctx.audit.record({ action: 'apikey.create', entity: 'ApiKey', entityId: apiKey.id, detail: { roles } });
  return { apiKey, token };
}

/** Withdraws a key at once. Doing it twice changes nothing. */
export async function revokeApiKey(ctx: HubContext, id: string): Promise<ApiKey> {
  personOf(ctx);
  const apiKey = await load(ctx, ApiKey, id, 'manage', { lock: LockMode.PESSIMISTIC_WRITE, what: 'API key' });
  apiKey.revokedAt ??= ctx.clock.now();
  ctx.audit.record({ action: 'apikey.revoke', entity: 'ApiKey', entityId: id });
  return apiKey;
}

function endOfDay(day: string, zone: string, now: Date): Date {
  const end = DateTime.fromISO(day, { zone }).plus({ days: 1 }).startOf('day').toJSDate();
  return end > now ? end : refuse('DAY_PAST', 'Choose today or a later day.', 'expiresOn');
}
