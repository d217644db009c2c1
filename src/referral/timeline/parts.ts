import { MyTimeline, PatientTimeline, TimelineFields } from './timeline.resolver.js';

/** What the feature needs of this folder. */
export const timeline = { resolvers: [PatientTimeline, MyTimeline, TimelineFields] };
