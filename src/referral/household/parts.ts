import { HouseholdResolver } from './household.resolver.js';
import { ReferralPersonRow } from './person.entity.js';

/** What the feature needs of this folder. */
export const household = { entities: [ReferralPersonRow], resolvers: [HouseholdResolver] };
