import { metropolitanArea } from '../area.js';
import { Batch } from '../copy.js';
import { Dice } from '../dice.js';
import { DirectoryMaker } from '../directory.js';
import { metropolis } from '../ground.js';
import { rarerHelp } from '../words.js';
import type { Stage } from './stage.js';

const TABLES = [
  'organization', 'service', 'location', 'service_at_location', 'address', 'phone', 'accessibility', 'schedule', 'service_area', 'language',
  'required_document', 'cost_option',
]; // prettier-ignore

/**
 * Kinds of help that few agencies give and many people look for: child care, teeth, papers, animals. Nobody has been
 * referred to them. Dice of its own, so that all else in the network stays as it was. Returns the rows written.
 */
export async function rareHelp(stage: Stage, seed: number): Promise<number> {
  const dice = new Dice(seed + 6);
  const batch = new Batch(TABLES);
  const maker = new DirectoryMaker(dice, batch, metropolis(dice, metropolitanArea()), stage.now);
  for (const { agencies, help, services } of rarerHelp) {
    for (const name of agencies) {
      const agency = maker.agency(help, () => name);
      for (const form of services) maker.service(agency, form);
    }
  }
  await batch.write(stage.client);
  return batch.finish();
}
