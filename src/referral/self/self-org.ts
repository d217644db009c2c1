import { callerOf, openContext, settle, writeAudited, type HubContext, type Permission } from '../../access/index.js';

/** The organization of those who ask themselves; hub.self_org() and hub.self_user() in the database. */
export const SELF_ORG = '00000000-0000-7000-8000-5e1f00000001';
export const SELF_USER = '00000000-0000-7000-8000-5e1f00000002';

const PERMISSIONS: readonly Permission[] = [
  'public',
  'patient.read',
  'patient.write',
  'screening.read',
  'need.write',
  'consent.write',
  'referral.read',
  'referral.send',
];

/**
 * Does something for somebody who asks for themselves, as the organization in which nobody works: what is written there no
 * care organization can read. The request that they proved stands in the audit, later the referral that came of it.
 */
export async function asThemselves<T>(
  ctx: Pick<HubContext, 'platform' | 'request'>,
  requestId: string,
  work: (as: HubContext) => Promise<T>,
): Promise<T> {
  const caller = callerOf({
    userId: SELF_USER,
    organizationId: SELF_ORG,
    roles: [],
    via: 'LINK',
    credentialId: requestId,
    permissions: new Set(PERMISSIONS),
    name: null,
  });
  const as = openContext(ctx.platform, caller, ctx.request);
  try {
    return await writeAudited(as, () => work(as));
  } finally {
    await settle(as);
  }
}
