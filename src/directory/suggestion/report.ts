import type { EntityManager } from '@mikro-orm/postgresql';
import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { beforeReport, hashWith, keyFor, networkOf } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { textOf } from '../curation/check-input.js';
import { serviceById } from '../service/service.loaders.js';
import { sourceOf } from './propose.js';
import type { EvidenceSource, ListingSignal } from './suggestion.enums.js';
import type { ReportListingInput } from './suggestion.inputs.js';

/** Signals that come from using the listing; the others follow from referrals. */
const FOR_ANYONE: ReadonlySet<ListingSignal> = new Set<ListingSignal>([
  'WRONG_NUMBER',
  'CLOSED',
  'NO_LONGER_OFFERED',
  'NO_ROOM',
  'OTHER',
]);

interface Report {
  serviceId: string;
  signal: ListingSignal;
  source: EvidenceSource;
  /** Who said so, as a keyed hash: each counts once. */
  key: Buffer;
  note: string | null;
  proposerOrgId: string | null;
}

/** Opens or joins the one open suggestion of this signal; returns its id, or null when there is no such listing. */
export async function addReport(em: EntityManager, report: Report, now: Date): Promise<string | null> {
  const { serviceId, signal, source, key, note, proposerOrgId } = report;
  const { rows } = await sql<{
    id: string | null;
  }>`select hub.report_listing(${serviceId}::uuid, ${signal}, ${source}, ${key}::bytea,
    ${note}, ${proposerOrgId}::uuid, ${now.toISOString()}::timestamptz, ${newId()}::uuid, ${newId()}::uuid) as id`.execute(
    em.getKysely<unknown>(),
  );
  return rows[0]?.id ?? null;
}

/** The month in which one household or office counts once. */
const monthOf = (now: Date): string => now.toISOString().slice(0, 7);

/** A report by anyone: rate limited, and counted once for each person or household in a month. Changes no listing. */
export async function reportListing(ctx: HubContext, input: ReportListingInput): Promise<void> {
  const { serviceId, signal } = input;
  await beforeReport(ctx);
  if (!FOR_ANYONE.has(signal)) fail.badInput('input.signal', `one of ${[...FOR_ANYONE].join(', ')} is expected`);
  const note = textOf(input.note, 'note', 500);
  if (signal === 'OTHER' && note === null) refuse('REQUIRED', 'Say in a few words what is wrong.', 'note');
  const service = (await serviceById(ctx, serviceId)) ?? fail.notFound('Service');
  const who = ctx.caller?.userId ?? networkOf(ctx.request.ip);
  const now = ctx.clock.now();
  const key = hashWith(keyFor(ctx.platform.config.secret, 'listing report'), who, service.id, monthOf(now));
  const source = sourceOf(ctx, service);
  await ctx.db.write((em) =>
    addReport(
      em,
      { serviceId: service.id, signal, source, key, note, proposerOrgId: ctx.caller?.organizationId ?? null },
      now,
    ),
  );
}
