import { Field, ObjectType } from 'type-graphql';
import { loader, type Batch, type HubContext } from '../../access/index.js';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { capacityKind, capacityNow } from '../capacity.js';
import { listedRules } from '../eligibility/evaluate.js';
import { type EligibilityRule, shownRule } from '../eligibility/rule.types.js';
import { listingFreshness, listingRisk } from '../freshness.js';
import { verifiers } from './history.js';
import { CapacityStatus, FreshnessState } from './service.enums.js';
import type { Service } from './service.entity.js';

@ObjectType({ description: 'Whether there is room. What was said too long ago counts as unknown.' })
export class Capacity {
  @Field(() => CapacityStatus, { description: 'Whether there is room; UNKNOWN when nobody has said so lately.' })
  status!: CapacityStatus;

  @Field(() => String, { nullable: true, description: 'What the agency adds.' })
  note!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was said.' })
  updatedAt!: Date | null;

  @Field(() => Boolean, { description: 'Whether something was said, but too long ago.' })
  stale!: boolean;

  @Field(() => Boolean, { description: 'Whether it counts still, but should be asked for again soon.' })
  ageing!: boolean;

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'From when it counts as unknown; null when nothing was said.',
  })
  trustedUntil!: Date | null;
}

@ObjectType({ description: 'When a listing was confirmed last, and when it is due again.' })
export class Freshness {
  @Field(() => LocalDate, { nullable: true, description: 'The day it was confirmed; null when it never was.' })
  assuredOn!: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'The day it is to be confirmed again.' })
  dueOn!: string | null;

  @Field(() => FreshnessState, { description: 'What that means today.' })
  state!: FreshnessState;

  @Field(() => String, { nullable: true, description: 'The organization that confirmed it.' })
  verifiedBy!: string | null;
}

type ListedCapacity = Pick<Service, 'categories' | 'capacityStatus' | 'capacityNote' | 'capacityUpdatedAt'>;

/** Whether there is room at a time, by the last word of the agency. */
export function capacityOf(service: ListedCapacity, now: Date): Capacity {
  const updatedAt = service.capacityUpdatedAt ?? null;
  const kind = capacityKind(service.categories);
  const said = capacityNow({ status: service.capacityStatus, updatedAt, kind }, now);
  const { status, stale, trustedUntil, freshness } = said;
  const note = stale ? null : (service.capacityNote ?? null);
  return { status, note, updatedAt, stale, ageing: freshness === 'AGEING', trustedUntil };
}

const lastVerifiers: Batch<string, string | null> = async (ctx, ids) => {
  const found = new Map((await verifiers(ctx, ids)).map((row) => [row.id, row.by]));
  return ids.map((id) => found.get(id) ?? null);
};

/** Which organization confirmed a listing last. */
export const verifierOf = (ctx: HubContext, serviceId: string): Promise<string | null> =>
  loader(ctx, lastVerifiers, lastVerifiers).load(serviceId);

export async function freshnessOf(ctx: HubContext, service: Service): Promise<Freshness> {
  const listing = { assuredOn: service.assuredDate, dueOn: service.nextVerificationOn, risk: listingRisk(service) };
  const { assuredOn, dueOn, state } = listingFreshness(listing, ctx.clock.now().toISOString().slice(0, 10));
  const verifiedBy = assuredOn ? await verifierOf(ctx, service.id) : null;
  return { assuredOn, dueOn, state, verifiedBy };
}

/** The rules of a listing, its ages included. One that cannot be read is left out here and keeps a fit from being sure. */
export function eligibilityRulesOf(service: Service): EligibilityRule[] {
  return listedRules(service).rules.map(shownRule);
}
