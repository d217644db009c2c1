import { defineEntity, p } from '@mikro-orm/postgresql';
import type { Language } from '../../platform/words.js';
import type { SelfWay } from './self.enums.js';

const RequestSchema = defineEntity({
  name: 'SelfRequest',
  tableName: 'self_request',
  properties: {
    id: p.uuid().primary(),
    orgId: p.uuid(),
    serviceId: p.uuid().nullable(),
    way: p.text().$type<SelfWay>(),
    address: p.text().nullable(),
    language: p.text().$type<Language>(),
    wrong: p.integer(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    referralId: p.uuid().nullable(),
  },
});

/** A request of somebody who asks a service for themselves, or (without one) for their page, until its code was used. */
export class SelfRequest extends RequestSchema.class {}
RequestSchema.setClass(SelfRequest);
