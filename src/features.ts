import { access } from './access/index.js';
import { caseload, factsOfPatient, patientsInNeed } from './caseload/index.js';
import { demo } from './demo/index.js';
import { directory, useCohort, usePatientFacts } from './directory/index.js';
import { exchange } from './exchange/index.js';
import { identity } from './identity/index.js';
import type { Feature } from './platform/feature.js';
import { operation } from './operation/index.js';
import { upkeep } from './platform/upkeep.js';
import { population } from './population/index.js';
import { peopleSent, referralFeature } from './referral/index.js';
import { screening } from './screening/index.js';

/** Finds out who calls and opens their operation. */
export { openOperation } from './identity/index.js';

/** What the hub is made of, in the order in which one root may use another. */
export const features: Feature[] = [
  upkeep,
  access,
  identity,
  directory,
  caseload,
  screening,
  referralFeature,
  population,
  exchange,
  operation,
  demo,
];

// The search asks for a patient's facts; the directory stands before the caseload, so the answer is plugged in here.
usePatientFacts(factsOfPatient);
// So do those whom the rules of a listing may be tried on.
useCohort('OWN_PATIENTS', patientsInNeed);
useCohort('OWN_REFERRALS', peopleSent);
