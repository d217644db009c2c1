import './off-platform.policy.js';
import { FollowUp } from '../follow-up/follow-up.entity.js';
import {
  FollowUpResolver,
  PatientFollowUps,
  TodayFollowUpCounts,
  TodayFollowUps,
} from '../follow-up/follow-up.resolver.js';
import { OffPlatformNeed, OffPlatformReferral, OffPlatformStep } from './off-platform.entity.js';
import { OffPlatformResolver, PatientOffPlatform } from './off-platform.resolver.js';

/** Help outside the hub and what is to be done about it, as the feature lists them. */
export const offPlatform = {
  entities: [OffPlatformReferral, OffPlatformNeed, OffPlatformStep, FollowUp],
  resolvers: [
    OffPlatformResolver,
    PatientOffPlatform,
    FollowUpResolver,
    PatientFollowUps,
    TodayFollowUps,
    TodayFollowUpCounts,
  ],
};
