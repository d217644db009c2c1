import { definePolicy, type Caller } from '../../access/index.js';
import { Suggestion } from './suggestion.entity.js';

/** Curators see all, an agency those about its listings, and whoever suggested something their own. */
const readers = (caller: Caller) => {
  if (caller.permissions.has('directory.write')) return true;
  const { organizationId } = caller;
  return caller.permissions.has('listing.write')
    ? { $or: [{ organizationId }, { proposerOrgId: organizationId }] }
    : { proposerOrgId: organizationId };
};

definePolicy(Suggestion, { read: readers, decide: (caller: Caller) => caller.permissions.has('directory.write') });
