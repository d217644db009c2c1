import './claim/claim.policy.js';
import './duplicate/duplicate.policy.js';
import './service/service.policy.js';
import './suggestion/suggestion.policy.js';
import type { Feature } from '../platform/feature.js';
import { SdohCategoryResolver } from './category.js';
import { ListingClaim } from './claim/claim.entity.js';
import { ClaimResolver } from './claim/claim.resolver.js';
import { sendClaimInvitation } from './claim/decide-claim.js';
import { CurationResolver } from './curation/curation.resolver.js';
import { DeskCountsResolver } from './curation/desk-counts.resolver.js';
import { ListingChange } from './curation/records.js';
import { Phone } from './detail/contact.entities.js';
import { ServiceArea, SpokenLanguage } from './detail/offer.entities.js';
import { recordResolvers } from './detail/record.fields.js';
import { RecordResolver } from './detail/record.resolver.js';
import { Schedule } from './detail/schedule.entity.js';
import { Duplicate, ListingMerge } from './duplicate/duplicate.entity.js';
import { EligibilityPreviewResolver } from './eligibility/preview.resolver.js';
import { EligibilityRuleFields } from './eligibility/rule.types.js';
import { DuplicateResolver, ListingMergeFields, ServiceMerges } from './duplicate/duplicate.resolver.js';
import { duplicateCrons, lookForDuplicates } from './duplicate/find-duplicates.js';
import { clearUploads, importCrons } from './import-run/clear-uploads.js';
import { ImportConflictFields, ImportConflictResolver } from './import-run/conflict.resolver.js';
import { RetireProposalFields, RetireResolver } from './import-run/retire.resolver.js';
import { serveImports } from './import-run/import.routes.js';
import { runImport } from './import-run/import-job.js';
import { ImportRunResolver } from './import-run/import-run.resolver.js';
import { ImportProblemFields } from './import-run/problem.fields.js';
import { ForeignTermResolver } from './import-run/term.resolver.js';
import { Address, Location, ServiceAtLocation } from './place/place.entities.js';
import { LocationFields, ServiceAtLocationFields } from './place/place.fields.js';
import { openSearch } from './search/engine.js';
import { searchCrons, searchTasks } from './search/sync.js';
import { indexServices } from './search/index-services.js';
import { clearEmptySearches, emptySearchesCounted } from './search/empty-searches.js';
import { Synonym, SynonymChange } from './synonym/synonym.entity.js';
import { SynonymChangeFields, SynonymResolver } from './synonym/synonym.resolver.js';
import { ServiceKinds } from './plain/kinds.resolver.js';
import { MapStyleResolver } from './place/map-style.js';
import { SearchGapsResolver } from './search/search-gaps.resolver.js';
import { SearchResolver } from './search/search.resolver.js';
import { RecordWriteResolver } from './record/record.resolver.js';
import { Service } from './service/service.entity.js';
import { ServiceFields } from './service/service.fields.js';
import { ServiceParts } from './service/service.parts.js';
import { OrganizationListing, ServiceResolver } from './service/service.resolver.js';
import { noteSignal, signalSubscriptions } from './suggestion/signals.js';
import { RoomGapsResolver } from './gap/room-gaps.resolver.js';
import { ListResolver } from './list/list.resolver.js';
import { serveLists } from './list/list.routes.js';
import { clearListLetters, sendListLetter } from './list/mail-list.js';
import { Suggestion } from './suggestion/suggestion.entity.js';
import { ServiceReports, SuggestionResolver } from './suggestion/suggestion.resolver.js';
import { setDueDays, verificationCrons, weighUse } from './verification/nightly.js';
import { askAgencies, sendVerificationLetter } from './verification/request-verification.js';
import { countUse, noteSent, useSubscriptions } from './verification/use.js';
import { VerificationRequest } from './verification/verification-request.entity.js';
import { VerificationResolver } from './verification/verification.resolver.js';
import { DIRECTORY_SPANISH } from './spanish.js';

export {
  dayIn,
  dayOf as dayNumber,
  instantOf,
  isoDate,
  parseDay,
  weekdayOf,
  WEEKDAYS,
  type Day,
} from './calendar-day.js';
export { stretchOf } from './open-hours.js';
export { clockWords } from './hours-words.js';
export { categoriesOfCodes, SdohCategory } from './category.js';
export { allPlaces, placeOf as placeOfZip, type Place } from './places.js';
export { areaWords } from './search/area-words.js';
export { siteById } from './place/place.loaders.js';
export { ServiceAtLocation } from './place/place.entities.js';
export { SDOH_CATEGORIES, sdohCategory } from './sdoh-categories.js';
export { searchEngineFor } from './search/engine.js';
export { indexServices } from './search/index-services.js';
export { rankWords } from './search/explain.js';
export { servicesLike, type AlikeService } from './alike/services-like.js';
export { rebuildSearch } from './search/rebuild.js';
export { Fit, fitOf, usePatientFacts } from './eligibility/fit.js';
export { useCohort, type CohortOf } from './eligibility/cohorts.js';
export type { Facts } from './eligibility/words.js';
export { Service } from './service/service.entity.js';
export { Sensitivity, Weekday } from './service/service.enums.js';
export {
  agenciesOfService,
  isServiceLine,
  listingById,
  serviceBeside,
  serviceById,
  shownService,
} from './service/service.loaders.js';
export { Capacity, capacityOf } from './service/state.js';
export type { EvidenceSource, ListingSignal } from './suggestion/suggestion.enums.js';
export { findDuplicates } from './duplicate/find-duplicates.js';
export { listingRisk, nextVerificationOn } from './freshness.js';
export { verificationToken } from './verification/request-verification.js';

/** What help exists: agencies' services, where and when they are given, for whom, and the search for them. */
export const directory: Feature = {
  name: 'directory',
  spanish: DIRECTORY_SPANISH,
  entities: [
    Service,
    ServiceAtLocation,
    Location,
    Address,
    Phone,
    Schedule,
    ServiceArea,
    SpokenLanguage,
    ListingChange,
    Suggestion,
    VerificationRequest,
    ListingClaim,
    Duplicate,
    ListingMerge,
    Synonym,
    SynonymChange,
  ],
  resolvers: [
    ServiceResolver,
    ServiceFields,
    ServiceParts,
    ServiceKinds,
    OrganizationListing,
    EligibilityRuleFields,
    EligibilityPreviewResolver,
    LocationFields,
    ServiceAtLocationFields,
    RecordResolver,
    RecordWriteResolver,
    ...recordResolvers,
    SdohCategoryResolver,
    SearchResolver,
    MapStyleResolver,
    SearchGapsResolver,
    SynonymResolver,
    SynonymChangeFields,
    CurationResolver,
    DeskCountsResolver,
    ImportRunResolver,
    ImportProblemFields,
    ImportConflictResolver,
    ImportConflictFields,
    RetireProposalFields,
    RetireResolver,
    ForeignTermResolver,
    SuggestionResolver,
    ServiceReports,
    VerificationResolver,
    ClaimResolver,
    DuplicateResolver,
    ListingMergeFields,
    ServiceMerges,
    ListResolver,
    RoomGapsResolver,
  ],
  tasks: [
    indexServices,
    ...searchTasks,
    lookForDuplicates,
    noteSignal,
    noteSent,
    weighUse,
    setDueDays,
    askAgencies,
    sendVerificationLetter,
    sendClaimInvitation,
    runImport,
    clearUploads,
    clearEmptySearches,
    sendListLetter,
    clearListLetters,
  ],
  crons: [
    ...verificationCrons,
    ...duplicateCrons,
    ...searchCrons,
    ...importCrons,
    { task: clearEmptySearches, match: '27 8 * * *' },
    { task: clearListLetters, match: '29 8 * * *' },
  ],
  subscriptions: [...signalSubscriptions, ...useSubscriptions],
  routes: async (server, platform) => {
    await serveImports(server, platform);
    serveLists(server, platform);
  },
  open: async (platform) => {
    await openSearch(platform);
    const endUse = countUse(platform);
    return async () => {
      await endUse();
      await emptySearchesCounted();
    };
  },
};
