import { MyHelpSentPapers, PatientPapers, PersonPaperResolver, TodayPapers } from './paper.resolver.js';

/** What the feature needs of this folder. */
export const paper = { resolvers: [MyHelpSentPapers, PersonPaperResolver, PatientPapers, TodayPapers] };
