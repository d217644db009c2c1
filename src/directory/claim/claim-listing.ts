import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { beforeReport, listingOfLink } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { emailOf, requiredText, textOf } from '../curation/check-input.js';
import { serviceById } from '../service/service.loaders.js';
import { mayKeep } from '../service/service.policy.js';
import { findLink } from '../verification/link.js';
import type { ClaimListingInput } from './claim.inputs.js';
import { domainMatches } from './matches.js';

interface Listed {
  url: string | null;
  email: string | null;
  website: string | null;
  agencyEmail: string | null;
}

/** Takes a claim down for the curators. Anyone may ask, signed in or not; nothing changes, and nothing is told. */
export async function claimListing(ctx: HubContext, input: ClaimListingInput): Promise<void> {
  await beforeReport(ctx);
  const service = (await serviceById(ctx, input.serviceId)) ?? fail.notFound('Service');
  if (mayKeep(ctx.caller, service)) refuse('ALREADY_YOURS', 'You keep this listing already.');
  const email = emailOf(input.email, 'email') ?? refuse('REQUIRED', 'This is needed.', 'email');
  const { rows } = await sql<Listed>`select s.url, s.email, o.website, o.email as "agencyEmail"
    from hub.service s join hub.organization o on o.id = s.organization_id where s.id = ${service.id}::uuid`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  const [listed] = rows;
  const link = input.token ? await findLink(ctx, input.token) : null;
  const letter = input.token && !link ? await listingOfLink(ctx, input.token) : null;
  const matches = [
    ...domainMatches(email, {
      websites: [listed?.url, listed?.website],
      emails: [listed?.email, listed?.agencyEmail],
    }),
    ...(link?.serviceId === service.id ? ['link'] : []),
    ...(letter?.serviceId === service.id ? [letter.kind] : []),
  ];
  const agency = ctx.caller?.permissions.has('listing.write') ? ctx.caller : null;
  const name = requiredText(input.name, 'name', 200);
  const [phone, position] = [textOf(input.phone, 'phone', 50), textOf(input.position, 'position', 200)];
  const note = textOf(input.note, 'note', 1000);
  const { id, organizationId } = service;
  // Without reading it back: who asks without an account may not see it.
  await ctx.db.write(async (em) => {
    await sql`insert into hub.listing_claim (id, service_id, organization_id, claimant_org_id, claimant_user_id, name, email,
        phone, position, note, matches, created_at)
      values (${newId()}::uuid, ${id}::uuid, ${organizationId}::uuid, ${agency?.organizationId ?? null}::uuid, ${agency?.userId ?? null}::uuid,
        ${name}, ${email}, ${phone}, ${position}, ${note}, ${matches}::text[], ${ctx.clock.now().toISOString()}::timestamptz)`.execute(
      em.getKysely<unknown>(),
    );
  });
}
