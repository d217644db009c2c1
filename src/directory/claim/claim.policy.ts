import { definePolicy, type Caller } from '../../access/index.js';
import { ListingClaim } from './claim.entity.js';

/** Curators decide; an agency that is signed in sees what it asked for. */
const curators = (caller: Caller) => caller.permissions.has('directory.write');
const readers = (caller: Caller) => curators(caller) || { claimantOrgId: caller.organizationId };

definePolicy(ListingClaim, { read: readers, decide: curators });
