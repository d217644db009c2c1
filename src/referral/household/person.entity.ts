import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Relation } from './household.js';

const PersonSchema = defineEntity({
  name: 'ReferralPersonRow',
  tableName: 'referral_person',
  properties: {
    id: p.uuid().primary(),
    referralId: p.uuid(),
    fromOrgId: p.uuid(),
    toOrgId: p.uuid(),
    position: p.integer(),
    relation: p.text().$type<Relation>(),
    age: p.integer().nullable(),
    givenName: p.text().nullable(),
    relatedPersonId: p.uuid().nullable(),
  },
});

/** Somebody in the household of a referral, as it is kept. */
export class ReferralPersonRow extends PersonSchema.class {}
PersonSchema.setClass(ReferralPersonRow);
