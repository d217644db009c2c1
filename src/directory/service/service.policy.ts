import { definePolicy, type Caller } from '../../access/index.js';
import { Service } from './service.entity.js';

/** Curators keep every listing, an agency its own. */
const keepers = (caller: Caller) => {
  if (caller.permissions.has('directory.write')) return true;
  return caller.permissions.has('listing.write') && { organizationId: caller.organizationId };
};
const curators = (caller: Caller) => caller.permissions.has('directory.write');

definePolicy(Service, {
  read: true,
  correct: keepers,
  verify: keepers,
  setCapacity: keepers,
  retire: curators,
  merge: curators,
});

/** The policy asked of a row that was read without the ORM, for the buttons beside it. */
export function mayKeep(caller: Caller | null, service: Pick<Service, 'organizationId'>): boolean {
  if (!caller) return false;
  if (caller.permissions.has('directory.write')) return true;
  return caller.permissions.has('listing.write') && caller.organizationId === service.organizationId;
}

export function mayRetire(caller: Caller | null): boolean {
  return caller !== null && curators(caller);
}
