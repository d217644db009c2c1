import { Field, ID, ObjectType } from 'type-graphql';
import { openContext, settle, type HubContext } from '../../access/index.js';
import { servicesLike } from '../../directory/index.js';
import type { Status } from '../machine.js';
import { SELF_ORG } from './self-org.js';

@ObjectType({ description: 'A part of a person’s page: somebody else they can ask.' })
export class MyNextService {
  @Field(() => ID, { description: 'Id of the service.' })
  id!: string;

  @Field(() => String, { description: 'Its name.' })
  name!: string;

  @Field(() => String, { description: 'The agency.' })
  agency!: string;

  @Field(() => String, { nullable: true, description: 'Their phone number; null when none is listed.' })
  phone!: string | null;
}

/** What is known of a referral whose person may need somebody else. */
export interface Asked {
  id: string;
  status: Status;
  categories: string[];
  /** Whether the agency let the time to answer pass. */
  late: boolean;
}

const MOST = 3;
const WITHOUT_HELP: ReadonlySet<Status> = new Set(['REJECTED', 'FAILED', 'CANCELLED']);

/** Where the agency that was asked is, which is where somebody looked for help; and who must not be named again. */
const WHERE = `select r.to_org_id as agency, r.service_id as "serviceId", (select left(a.postal_code, 5) from hub.service_at_location s join hub.address a on a.location_id = s.location_id
    where s.service_id = r.service_id and (r.service_at_location_id is null or s.id = r.service_at_location_id)
      and a.address_type = 'physical' and a.postal_code ~ '^[0-9]{5}' order by s.id limit 1) as zip
  from hub.referral r where r.id = $1`;

const NAMED = `select s.id, s.name, o.name as agency, o.id as "agencyId",
    coalesce((select f.number from hub.phone f where f.service_id = s.id order by f.id limit 1),
      (select f.number from hub.phone f where f.organization_id = o.id order by f.id limit 1)) as phone
  from hub.service s join hub.organization o on o.id = s.organization_id where s.id = any ($1::uuid[]) and o.id <> $2`;

type Named = MyNextService & { agencyId: string };

/**
 * Others who help with the same near there, when an agency did not help or did not answer: one service of each, the kind of
 * help that was asked for first. It is asked as anybody may ask it, so nothing of the person goes into the search.
 */
export async function nextForSelf(ctx: HubContext, asked: Asked): Promise<MyNextService[]> {
  if (ctx.caller?.organizationId !== SELF_ORG || !(asked.late || WITHOUT_HELP.has(asked.status))) return [];
  const [where] = await ctx.db.query<{ agency: string; serviceId: string; zip: string | null }>(WHERE, [asked.id]);
  if (!where) return [];
  const near = where.zip ? { near: { place: where.zip } } : {};
  const anybody = openContext(ctx.platform, null, ctx.request);
  let ids: string[];
  try {
    const { serviceId } = where;
    const alike = await servicesLike(anybody, { serviceId, categories: asked.categories }, near);
    ids = alike.filter(({ elsewhere }) => !elsewhere).map(({ hit }) => hit.serviceId);
  } finally {
    await settle(anybody);
  }
  const named = await ctx.db.query<Named>(NAMED, [ids, where.agency]);
  const ranked = ids.flatMap((id) => named.find((one) => one.id === id) ?? []);
  const first = ranked.filter((one, at) => ranked.findIndex(({ agencyId }) => agencyId === one.agencyId) === at);
  return first.slice(0, MOST).map(({ id, name, agency, phone }) => ({ id, name, agency, phone }));
}
