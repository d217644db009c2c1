import foodOasis from './food-oasis.json' with { type: 'json' };
import hsds1 from './hsds-1.json' with { type: 'json' };
import hsds3 from './hsds-3.json' with { type: 'json' };
import ohana from './ohana.json' with { type: 'json' };
import openEligibility from './open-eligibility.json' with { type: 'json' };
import orservices from './orservices.json' with { type: 'json' };
import pantryList from './pantry-list.json' with { type: 'json' };
import { type Mapping, readMapping } from '../mapping.js';

/** The families of files that are recognised by themselves, the more particular first. */
export const mappings: readonly Mapping[] = [
  openEligibility,
  orservices,
  ohana,
  foodOasis,
  pantryList,
  hsds1,
  hsds3,
].map(readMapping);

/** HSDS 3.x, whose tables also come as arrays in one JSON document. */
export const tabular: Mapping = readMapping(hsds3);
