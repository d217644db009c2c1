import { createHash } from 'node:crypto';
import { listingRisk, nextVerificationOn } from '../../directory/index.js';
import type { Listing } from './listings.js';
import type { Player, Stage } from './stage.js';

/** Texts of a listing that the scenes correct: the column, as the API calls it, and what stands there. */
const FIELDS = {
  how: { column: 'application_process', key: 'applicationProcess' },
  who: { column: 'eligibility_description', key: 'eligibilityDescription' },
  fees: { column: 'fees_description', key: 'feesDescription' },
} as const;
type Field = keyof typeof FIELDS;

interface Word {
  source: 'CARE' | 'AGENCY' | 'LINK';
  org: string;
  at: Date;
  note?: string;
}

/** A suggestion of other words for one field, as it waits for a curator. */
async function suggest(stage: Stage, listing: Listing, field: Field, text: string, word: Word): Promise<string> {
  const id = stage.dice.id(word.at);
  const { key } = FIELDS[field];
  await stage.rows(
    `insert into hub.suggestion (id, service_id, organization_id, proposer_org_id, source, changes, base, base_version, note, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10)`,
    [
      id,
      listing.id,
      listing.org,
      word.org,
      word.source,
      JSON.stringify({ [key]: text }),
      JSON.stringify({ [key]: listing[field] }),
      listing.version,
      word.note ?? null,
      word.at,
    ],
  );
  return id;
}

/** A correction that counts, with the line in the history by which it can be taken back. */
async function correct(
  stage: Stage,
  listing: Listing,
  field: Field,
  text: string,
  by: { name: string; via: 'CURATOR' | 'LINK'; userId: string | null; at: Date },
): Promise<void> {
  const { column } = FIELDS[field];
  await stage.rows(`update hub.service set ${column} = $2, last_modified = $3, updated_at = $3 where id = $1`, [
    listing.id,
    text,
    by.at,
  ]);
  await stage.rows(
    `insert into hub.metadata (id, resource_id, resource_type, last_action_date, last_action_type, field_name, previous_value,
       replacement_value, updated_by, at, previous_data, replacement_data, via, by_user_id)
     values ($1, $2, 'service', $3, 'update', $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      stage.dice.id(by.at),
      listing.id,
      by.at.toISOString().slice(0, 10),
      column,
      listing[field],
      text,
      by.name,
      by.at,
      JSON.stringify({ v: listing[field] }),
      JSON.stringify({ v: text }),
      by.via,
      by.userId,
    ],
  );
}

const HOW = 'Call first and ask for the front desk. They tell you which day is yours.';
const WHO = 'For everyone in Maryland. You do not need papers.';

/** What care teams and agencies would have otherwise: two that wait, one that was taken and one that was not. */
export async function suggestions(
  stage: Stage,
  listings: readonly Listing[],
  own: Listing | undefined,
  { care, curator }: { care: Player; curator: Player },
): Promise<void> {
  const [open, taken, left] = listings;
  if (own) await suggest(stage, own, 'who', WHO, { source: 'AGENCY', org: own.org, at: stage.hours(6) });
  if (!open || !taken || !left) return;
  const note = 'Their front desk told me so on the phone.';
  await suggest(stage, open, 'how', HOW, { source: 'CARE', org: care.org, at: stage.hours(27), note });
  const decide = async (id: string, status: string, words: string | null, fields: readonly string[]): Promise<void> => {
    await stage.rows(
      `update hub.suggestion set status = $2, decision_note = $3, decided_fields = $4, decided_by = $5, decided_at = $6, updated_at = $6,
         version = 2 where id = $1`,
      [id, status, words, fields, curator.id, stage.days(3)],
    );
  };
  const fees = 'About $5, or what you can give.';
  const good = await suggest(stage, taken, 'fees', fees, { source: 'CARE', org: care.org, at: stage.days(5), note });
  const [steward] = await stage.rows<{ name: string }>('select name from hub.organization where id = $1', [curator.org]); // prettier-ignore
  await correct(stage, taken, 'fees', fees, { name: steward?.name ?? '', via: 'CURATOR', userId: curator.id, at: stage.days(3) }); // prettier-ignore
  await decide(good, 'ACCEPTED', null, ['feesDescription']);
  const bad = await suggest(stage, left, 'who', WHO, { source: 'CARE', org: care.org, at: stage.days(8) });
  await decide(bad, 'REJECTED', 'The agency says that it is as listed.', []);
}

/** An agency answered the letter: what it knows best counts at once, whom it is for waits; most is right as it stands. */
export async function answered(stage: Stage, listing: Listing | undefined, curator: Player): Promise<void> {
  if (!listing) return;
  const [sent, at] = [stage.days(6), stage.days(2)];
  await stage.rows(
    `insert into hub.verification_request (id, service_id, organization_id, email, token_hash, created_by, created_at, expires_at, answered_at, answers)
     values ($1, $2, $3, 'front-desk@example.org', $4, $5, $6, $7, $8, $9)`,
    [
      stage.dice.id(sent),
      listing.id,
      listing.org,
      createHash('sha256').update(listing.id).digest(),
      curator.id,
      sent,
      stage.days(-24),
      at,
      JSON.stringify({
        confirmed: ['phone', 'hours', 'address', 'name'],
        changed: ['applicationProcess', 'eligibilityDescription'],
      }),
    ],
  );
  await correct(stage, listing, 'how', HOW, { name: listing.agency, via: 'LINK', userId: null, at });
  await suggest(stage, listing, 'who', WHO, { source: 'LINK', org: listing.org, at });
  for (const group of ['HOURS', 'CONTACT', 'ELIGIBILITY', 'PLACE', 'NAME']) {
    await stage.rows(
      "insert into hub.field_assurance (service_id, field_group, assured_on, assured_by, via) values ($1, $2, $3, $4, 'LINK')",
      [listing.id, group, at.toISOString().slice(0, 10), listing.agency],
    );
  }
  const day = at.toISOString().slice(0, 10);
  const due = nextVerificationOn(day, listingRisk({ categories: listing.categories, takesReferrals: true }));
  await stage.rows(
    `update hub.service set capacity_status = 'WAITLIST', capacity_note = 'About two weeks', capacity_updated_at = $2, verified_at = $2,
       verified_by_user_id = null, assured_date = $3, next_verification_on = $4 where id = $1`,
    [listing.id, at, day, due],
  );
}
