import type { Client } from 'pg';
import { categoryLabel } from '../../access/sensitivity.js';
import type { Files } from '../../platform/files/files.js';
import { SELF_ORG, SELF_USER, type OwnTimes } from '../../referral/index.js';
import { Batch } from '../copy.js';
import { Dice } from '../dice.js';
import type { DemoService } from '../directory.js';
import { ReferralMaker } from '../referrals.js';
import { answered, suggestions } from './corrections.js';
import { assessments, copies, drafts, transfers } from './desk.js';
import { listingOf, strangers, twice, use } from './listings.js';
import { imports } from './imports.js';
import { caregiver, family, protectedRecords, recalled } from './people.js';
import { rareHelp } from './rarer-help.js';
import { rides, toldByPhone } from './phone.js';
import { claims, emptySearches, reports } from './reports.js';
import { SELF_TABLES, SelfMaker } from './selves.js';
import { Stage, type Player } from './stage.js';
import { sentPapers } from './sent-papers.js';
import { conversations, households, waiting } from './talk.js';

/** Patients up to which scenes are played: a network made for measuring has none. */
export const SCENES_UP_TO = 20_000;

interface Network {
  seed: number;
  now: Date;
  files?: Files;
  times: ReadonlyMap<string, OwnTimes>;
  servicesFor: ReadonlyMap<string, readonly DemoService[]>;
}

/**
 * What chance does not bring to the people a visitor signs in as, set into the network once it is written: each of them
 * finds what their pages are for. Returns the rows written.
 */
export async function playScenes(client: Client, network: Network): Promise<number> {
  const dice = new Dice(network.seed + 4);
  const stage = new Stage(client, dice, network.now);
  const care = await stage.player('care@example.org');
  const supervisor = await stage.player('supervisor@example.org');
  const officer = await stage.player('privacy@example.org');
  const pantry = await stage.player('pantry@example.org');
  const housing = await stage.player('housing@example.org');
  const written = await selves(stage, network, [pantry, housing]);
  await recalled(stage, care);
  await drafts(stage, care);
  await copies(stage, care, supervisor);
  await assessments(stage, housing);
  await transfers(stage, care);
  await rides(stage, care);
  await toldByPhone(stage, care);
  await family(stage, care);
  await caregiver(stage, care);
  await protectedRecords(stage, { care, supervisor, officer });
  await waiting(stage);
  await households(stage, [pantry, housing]);
  await conversations(stage, network.files, care, [pantry, housing]);
  await sentPapers(stage, network.files);
  await desk(stage, { care, pantry, housing });
  return written + (await rareHelp(stage, network.seed));
}

/** The desk of the curators: every list of it has something to do. */
async function desk(stage: Stage, { care, pantry, housing }: Record<'care' | 'pantry' | 'housing', Player>) {
  const curator = await stage.player('curator@example.org');
  const listings = await strangers(stage, [pantry.org, housing.org]);
  await use(stage);
  await twice(stage);
  await reports(stage, listings.slice(0, 7), care);
  await claims(stage, listings.slice(7, 9));
  await suggestions(stage, listings.slice(9, 12), await listingOf(stage, pantry.org), { care, curator });
  await answered(stage, listings[12], curator);
  await emptySearches(stage);
  await imports(stage, curator, [pantry.org, housing.org]);
}

async function selves(stage: Stage, network: Network, agencies: readonly Player[]): Promise<number> {
  // The hub's own organization and account come when the first person asks.
  await stage.rows('select hub.begin_self()');
  const at = stage.days(400);
  await stage.rows('update hub.organization set created_at = $2, updated_at = $2 where id = $1', [SELF_ORG, at]);
  await stage.rows('update hub.user_account set created_at = $2, updated_at = $2, disabled_at = $2 where id = $1', [
    SELF_USER,
    at,
  ]);
  const batch = new Batch(SELF_TABLES);
  const { dice, now } = stage;
  const maker = new SelfMaker(
    dice,
    batch,
    new ReferralMaker(dice, batch, network.servicesFor, now, network.times),
    now,
  );
  for (const { org } of agencies) {
    const [service] = [...network.servicesFor.values()].flat().filter((one) => one.organizationId === org && one.sensitivity === 'NONE'); // prettier-ignore
    const [category] = service?.categories ?? [];
    const [agency] = await stage.rows<{ name: string }>('select name from hub.organization where id = $1', [org]);
    if (!service || !category || !agency) continue;
    maker.ask(agency.name, service, { code: category, label: categoryLabel(category).en });
  }
  await batch.write(stage.client);
  return batch.finish();
}
