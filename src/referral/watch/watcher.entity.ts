import { defineEntity, p } from '@mikro-orm/postgresql';

const WatcherSchema = defineEntity({
  name: 'ReferralWatcher',
  tableName: 'referral_watcher',
  properties: {
    referralId: p.uuid().primary(),
    userId: p.uuid().primary(),
    fromOrgId: p.uuid(),
    addedBy: p.uuid().nullable(),
    addedAt: p.datetime(),
  },
});

/** A colleague of the sender who follows a referral. */
export class ReferralWatcher extends WatcherSchema.class {}
WatcherSchema.setClass(ReferralWatcher);
