import type { FilterQuery } from '@mikro-orm/postgresql';
import { definePolicy, type Answer, type Caller, type Permission } from '../../access/index.js';
import { Assignment, Coverage, RelatedPerson } from './around.entity.js';
import { Patient } from './patient.entity.js';

/** A row that belongs to a care organization. */
interface Owned {
  id: string;
  careOrgId: string;
}

/** The rows of the caller's own care organization, for those who have the permission; nothing for all others. */
export function ownedBy<T extends Owned>(permission: Permission): (caller: Caller) => Answer<T> {
  return (caller) =>
    caller.permissions.has(permission) && ({ careOrgId: caller.organizationId } as unknown as FilterQuery<T>);
}

definePolicy(Patient, {
  read: ownedBy('patient.read'),
  update: ownedBy('patient.write'),
  assign: ownedBy('patient.assign'),
  restrict: ownedBy('patient.restrict'),
  screen: ownedBy('screening.write'),
  addNeed: ownedBy('need.write'),
  consent: ownedBy('consent.write'),
  refer: ownedBy('referral.send'),
});

definePolicy(RelatedPerson, { read: ownedBy('patient.read'), update: ownedBy('patient.write') });
definePolicy(Assignment, { read: ownedBy('patient.read'), update: ownedBy('patient.assign') });
definePolicy(Coverage, { read: ownedBy('patient.read') });
