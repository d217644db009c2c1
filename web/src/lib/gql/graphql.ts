/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type AbsentReason =
  | 'ASKED_DECLINED'
  | 'NOT_ASKED';

export type AcceptInvitationInput = {
  name: string;
  password: string;
  token: string;
};

export type AcceptReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  note?: string | null | undefined;
};

export type AddNeedInput = {
  category: string;
  idempotencyKey?: string | null | undefined;
  label?: string | null | undefined;
  note?: string | null | undefined;
  patientId: string;
  wantsHelp: boolean;
};

export type AddRelatedPersonInput = {
  authority?: Authority | null | undefined;
  authorityFrom?: string | null | undefined;
  authorityTo?: string | null | undefined;
  contactNote?: string | null | undefined;
  email?: string | null | undefined;
  isCaregiver?: boolean | null | undefined;
  language?: string | null | undefined;
  name: string;
  patientId: string;
  phone?: string | null | undefined;
  relationship: string;
};

export type AnswerInput = {
  absent?: AbsentReason | null | undefined;
  absentText?: string | null | undefined;
  codes?: Array<string> | null | undefined;
  linkId: string;
  number?: number | null | undefined;
  text?: string | null | undefined;
};

export type AnswerScreeningInput = {
  answers: Array<AnswerInput>;
  id: string;
};

export type AnsweredBy =
  | 'PATIENT'
  | 'RELATED_PERSON';

export type AssignPatientInput = {
  patientId: string;
  userId: string;
};

export type Authority =
  | 'GUARDIAN'
  | 'HEALTH_CARE_PROXY'
  | 'NONE'
  | 'PERSONAL_REPRESENTATIVE';

export type CancelReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
  reasonCode: ReferralReason;
};

export type CapacityStatus =
  | 'ASSESSMENT_REQUIRED'
  | 'CAPACITY'
  | 'NO_CAPACITY'
  | 'UNKNOWN'
  | 'WAITLIST';

export type CompleteReferralInput = {
  enrollment?: Enrollment | null | undefined;
  expectedVersion?: number | null | undefined;
  id: string;
  note?: string | null | undefined;
  outcome: ReferralOutcome;
};

export type CompleteScreeningInput = {
  id: string;
};

export type ConfirmNeedInput = {
  id: string;
  note?: string | null | undefined;
  wantsHelp: boolean;
};

export type ConfirmReferralOutcomeInput = {
  confirmation: PatientConfirmation;
  expectedVersion?: number | null | undefined;
  id: string;
  needMet?: boolean | null | undefined;
  note?: string | null | undefined;
};

export type ConfirmTotpInput = {
  code: string;
};

export type ConsentMethod =
  | 'PAPER'
  | 'SIGNATURE'
  | 'VERBAL_WITNESSED';

export type ConsentPurpose =
  | 'CARE_COORDINATION'
  | 'REFERRAL';

export type ConsentStatus =
  | 'ACTIVE'
  | 'ENTERED_IN_ERROR'
  | 'EXPIRED'
  | 'REVOKED';

export type ContactMethod =
  | 'EMAIL'
  | 'MAIL'
  | 'NONE'
  | 'PHONE'
  | 'TEXT';

export type DeclineNeedInput = {
  id: string;
  note?: string | null | undefined;
};

export type DeclineReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
  reasonCode: ReferralReason;
};

export type Enrollment =
  | 'ENROLLED'
  | 'NOT_ENROLLED'
  | 'WAITLIST';

export type FactsInput = {
  ageYears?: number | null | undefined;
  annualIncomeCents?: number | null | undefined;
  caregiver?: boolean | null | undefined;
  county?: string | null | undefined;
  disability?: boolean | null | undefined;
  householdSize?: number | null | undefined;
  insurance?: Array<string> | null | undefined;
  languages?: Array<string> | null | undefined;
  state?: string | null | undefined;
  veteran?: boolean | null | undefined;
  zip?: string | null | undefined;
};

export type FailReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
  reasonCode: ReferralReason;
};

export type FitVerdict =
  | 'MATCH'
  | 'NO_MATCH'
  | 'UNKNOWN';

export type FreshnessState =
  | 'DUE'
  | 'NEVER'
  | 'OVERDUE'
  | 'VERIFIED';

export type Grantor =
  | 'PATIENT'
  | 'PERSONAL_REPRESENTATIVE';

export type HoldReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
  reasonCode: ReferralReason;
};

export type InboxFilter = {
  queue?: InboxQueue | null | undefined;
};

export type InboxQueue =
  | 'ALL'
  | 'DONE'
  | 'IN_WORK'
  | 'NEW'
  | 'OVERDUE'
  | 'WAITING';

export type ItemKind =
  | 'CHOICE'
  | 'DECIMAL'
  | 'INTEGER'
  | 'MULTI'
  | 'TEXT';

export type MarkReferralSeenInput = {
  id: string;
};

export type NearInput = {
  latitude?: number | null | undefined;
  longitude?: number | null | undefined;
  place?: string | null | undefined;
  radiusMiles?: number | null | undefined;
};

export type NeedStatus =
  | 'BEING_ADDRESSED'
  | 'CONFIRMED'
  | 'DECLINED'
  | 'ENTERED_IN_ERROR'
  | 'MET'
  | 'POSSIBLE'
  | 'REFUTED'
  | 'UNMET';

export type OpenNow =
  | 'CLOSED'
  | 'OPEN'
  | 'UNKNOWN';

export type OrganizationKind =
  | 'AGENCY'
  | 'CARE'
  | 'PLAN'
  | 'STEWARD';

export type PatientConfirmation =
  | 'COULD_NOT_ASK'
  | 'HELPED'
  | 'NOT_HELPED'
  | 'PARTLY';

export type PatientFilter = {
  mine?: boolean | null | undefined;
  needCategory?: string | null | undefined;
  overdue?: boolean | null | undefined;
  risk?: Array<Risk> | null | undefined;
  screeningDue?: boolean | null | undefined;
  status?: PatientStatus | null | undefined;
  text?: string | null | undefined;
};

export type PatientSort =
  | 'NAME'
  | 'RECENT'
  | 'RISK';

export type PatientStatus =
  | 'ACTIVE'
  | 'DECEASED'
  | 'INACTIVE';

export type ProductLine =
  | 'COMMERCIAL'
  | 'EXCHANGE'
  | 'MEDICAID'
  | 'MEDICARE';

export type RecordConsentInput = {
  allAgencies?: boolean | null | undefined;
  categories: Array<string>;
  evidence?: string | null | undefined;
  expiresOn?: string | null | undefined;
  expiryEvent?: string | null | undefined;
  granteeOrganizationId?: string | null | undefined;
  grantor: Grantor;
  grantorRelatedPersonId?: string | null | undefined;
  idempotencyKey?: string | null | undefined;
  language?: string | null | undefined;
  method: ConsentMethod;
  patientId: string;
  purpose: ConsentPurpose;
  sensitivities?: Array<Sensitivity> | null | undefined;
  witness?: string | null | undefined;
};

export type ReferralAction =
  | 'ACCEPT'
  | 'CANCEL'
  | 'COMPLETE'
  | 'CONFIRM_OUTCOME'
  | 'DECLINE'
  | 'FAIL'
  | 'HOLD'
  | 'MESSAGE'
  | 'START'
  | 'WITHDRAW_IN_ERROR';

export type ReferralFilter = {
  mine?: boolean | null | undefined;
  patientId?: string | null | undefined;
  queue?: ReferralQueue | null | undefined;
};

export type ReferralOutcome =
  | 'HELP_RECEIVED'
  | 'INFORMATION_GIVEN'
  | 'PARTLY_HELPED'
  | 'REFERRED_ON';

export type ReferralPriority =
  | 'ROUTINE'
  | 'URGENT';

export type ReferralQueue =
  | 'ALL'
  | 'CLOSED'
  | 'DECLINED'
  | 'OPEN'
  | 'STUCK'
  | 'TO_CONFIRM';

export type ReferralReason =
  | 'ACCEPTED_ELSEWHERE'
  | 'CANNOT_REACH'
  | 'CONSENT_WITHDRAWN'
  | 'COULD_NOT_REACH'
  | 'DUPLICATE'
  | 'ENTERED_TWICE'
  | 'NEED_MET'
  | 'NOT_ELIGIBLE'
  | 'NO_ANSWER'
  | 'NO_CAPACITY'
  | 'NO_FUNDS'
  | 'NO_SHOW'
  | 'OTHER'
  | 'OUT_OF_AREA'
  | 'PERSON_DECLINED'
  | 'WAITING_FOR_DOCUMENTS'
  | 'WAITING_FOR_PERSON'
  | 'WAITLIST'
  | 'WRONG_AGENCY'
  | 'WRONG_PERSON'
  | 'WRONG_SERVICE';

export type ReferralSide =
  | 'REQUESTER'
  | 'TARGET';

export type ReferralStatus =
  | 'ACCEPTED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'DRAFT'
  | 'ENTERED_IN_ERROR'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'REJECTED'
  | 'REQUESTED';

export type RefuteNeedInput = {
  id: string;
  note?: string | null | undefined;
};

export type RegisterPatientInput = {
  address1?: string | null | undefined;
  annualIncomeCents?: number | null | undefined;
  assignToMe?: boolean | null | undefined;
  birthDate: string;
  caregiver?: boolean | null | undefined;
  city?: string | null | undefined;
  contactMethod?: ContactMethod | null | undefined;
  contactNote?: string | null | undefined;
  contactTimes?: string | null | undefined;
  disability?: boolean | null | undefined;
  email?: string | null | undefined;
  externalId?: string | null | undefined;
  familyName: string;
  gender?: string | null | undefined;
  givenName: string;
  householdSize?: number | null | undefined;
  idempotencyKey?: string | null | undefined;
  insurance?: Array<string> | null | undefined;
  interpreterNeeded?: boolean | null | undefined;
  language?: string | null | undefined;
  phone?: string | null | undefined;
  preferredName?: string | null | undefined;
  pronouns?: string | null | undefined;
  risk?: Risk | null | undefined;
  state?: string | null | undefined;
  veteran?: boolean | null | undefined;
  voicemailOk?: boolean | null | undefined;
  whatMatters?: string | null | undefined;
  zip?: string | null | undefined;
};

export type RequestPasswordResetInput = {
  email: string;
};

export type ResetPasswordInput = {
  password: string;
  token: string;
};

export type ResolveNeedInput = {
  id: string;
  note?: string | null | undefined;
  status: NeedStatus;
};

export type RevokeConsentInput = {
  id: string;
  reason?: string | null | undefined;
};

export type Risk =
  | 'HIGH'
  | 'LOW'
  | 'RISING';

export type Role =
  | 'AGENCY_ADMIN'
  | 'AGENCY_STAFF'
  | 'CARE_MANAGER'
  | 'CARE_SUPERVISOR'
  | 'CURATOR'
  | 'OPERATOR'
  | 'PLAN_ANALYST'
  | 'PRIVACY_OFFICER';

export type ScreeningStatus =
  | 'COMPLETED'
  | 'ENTERED_IN_ERROR'
  | 'IN_PROGRESS';

export type SearchServicesInput = {
  accessible?: boolean | null | undefined;
  category?: string | null | undefined;
  facts?: FactsInput | null | undefined;
  fitsOnly?: boolean | null | undefined;
  free?: boolean | null | undefined;
  hasRoom?: boolean | null | undefined;
  language?: string | null | undefined;
  near?: NearInput | null | undefined;
  openNow?: boolean | null | undefined;
  organizationId?: string | null | undefined;
  patientId?: string | null | undefined;
  takesReferrals?: boolean | null | undefined;
  text?: string | null | undefined;
  verifiedWithinDays?: number | null | undefined;
};

export type SendReferralMessageInput = {
  body: string;
  id: string;
  idempotencyKey: string;
};

export type Sensitivity =
  | 'BEHAVIORAL_HEALTH'
  | 'HIV'
  | 'IMMIGRATION_LEGAL'
  | 'INTIMATE_PARTNER_VIOLENCE'
  | 'NONE'
  | 'SUBSTANCE_USE';

export type ServiceStatus =
  | 'ACTIVE'
  | 'DEFUNCT'
  | 'INACTIVE'
  | 'TEMPORARILY_CLOSED';

export type SignInInput = {
  email: string;
  password: string;
};

export type SignInStep =
  | 'SIGNED_IN'
  | 'TOTP_REQUIRED';

export type SignOutInput = {
  everywhere?: boolean | null | undefined;
};

export type StartReferralInput = {
  expectedVersion?: number | null | undefined;
  id: string;
};

export type StartScreeningInput = {
  answeredBy?: AnsweredBy | null | undefined;
  idempotencyKey?: string | null | undefined;
  instrumentKey: string;
  language?: string | null | undefined;
  patientId: string;
};

export type SuggestionKind =
  | 'CATEGORY'
  | 'ORGANIZATION'
  | 'SERVICE';

export type SwitchOrganizationInput = {
  membershipId: string;
};

export type UpdatePatientInput = {
  address1?: string | null | undefined;
  address2?: string | null | undefined;
  annualIncomeCents?: number | null | undefined;
  caregiver?: boolean | null | undefined;
  city?: string | null | undefined;
  contactMethod?: ContactMethod | null | undefined;
  contactNote?: string | null | undefined;
  contactTimes?: string | null | undefined;
  disability?: boolean | null | undefined;
  email?: string | null | undefined;
  expectedVersion: number;
  familyName?: string | null | undefined;
  gender?: string | null | undefined;
  givenName?: string | null | undefined;
  householdSize?: number | null | undefined;
  id: string;
  insurance?: Array<string> | null | undefined;
  interpreterNeeded?: boolean | null | undefined;
  language?: string | null | undefined;
  phone?: string | null | undefined;
  preferredName?: string | null | undefined;
  pronouns?: string | null | undefined;
  risk?: Risk | null | undefined;
  state?: string | null | undefined;
  status?: PatientStatus | null | undefined;
  veteran?: boolean | null | undefined;
  voicemailOk?: boolean | null | undefined;
  whatMatters?: string | null | undefined;
  zip?: string | null | undefined;
};

export type UpdateProfileInput = {
  locale?: string | null | undefined;
  name?: string | null | undefined;
};

export type Weekday =
  | 'FR'
  | 'MO'
  | 'SA'
  | 'SU'
  | 'TH'
  | 'TU'
  | 'WE';

export type WithdrawReferralInErrorInput = {
  expectedVersion?: number | null | undefined;
  id: string;
  reason: string;
};

export type InboxChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InboxChangedSubscription = { inboxChanged: { referral: { id: string, status: ReferralStatus, version: number } | null } };

export type ReferralChangedSubscriptionVariables = Exact<{
  id?: string | null | undefined;
}>;


export type ReferralChangedSubscription = { referralChanged: { referral: { id: string, status: ReferralStatus, version: number } | null } };

export type PageFieldsFragment = { hasNextPage: boolean, endCursor: string | null };

export type RefusalsFragment = { code: string, message: string, field: string | null };

export type CategoryFieldsFragment = { code: string, label: string, sensitivity: Sensitivity };

export type CapacityFieldsFragment = { status: CapacityStatus, note: string | null, updatedAt: string | null, stale: boolean };

export type FreshnessFieldsFragment = { assuredOn: string | null, dueOn: string | null, state: FreshnessState, verifiedBy: string | null };

export type OpenFieldsFragment = { state: OpenNow, closesAt: string | null, opensAt: string | null, timeZone: string, prose: string | null };

export type PhoneFieldsFragment = { id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null };

export type AddressFieldsFragment = { id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string };

export type FitFieldsFragment = { verdict: FitVerdict, failed: Array<string>, ask: Array<string> };

export type ServiceLineFragment = { id: string, name: string, alert: string | null, status: ServiceStatus, isFree: boolean | null, takesReferrals: boolean, organization: { id: string, name: string }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, phones: Array<{ id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null }>, languages: Array<{ id: string, name: string | null, code: string | null }>, capacity: { status: CapacityStatus, note: string | null, updatedAt: string | null, stale: boolean }, freshness: { assuredOn: string | null, dueOn: string | null, state: FreshnessState, verifiedBy: string | null }, openState: { state: OpenNow, closesAt: string | null, opensAt: string | null, timeZone: string, prose: string | null } };

export type SearchServicesQueryVariables = Exact<{
  input: SearchServicesInput;
  after?: string | null | undefined;
}>;


export type SearchServicesQuery = { searchServices: { total: number | null, totalIsExact: boolean, place: { label: string, latitude: number, longitude: number } | null, pageInfo: { hasNextPage: boolean, endCursor: string | null }, facets: { free: number, takesReferrals: number, hasRoom: number, categories: Array<{ count: number, category: { code: string, label: string } }>, languages: Array<{ value: string, label: string, count: number }> }, understood: { corrected: string | null, synonyms: Array<string>, dropped: Array<string>, category: { code: string, label: string } | null }, edges: Array<{ node: { distanceMiles: number | null, servesArea: boolean, latitude: number | null, longitude: number | null, fit: { verdict: FitVerdict, failed: Array<string>, ask: Array<string> } | null, site: { id: string, location: { id: string, name: string | null, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }> } } | null, service: { id: string, name: string, alert: string | null, status: ServiceStatus, isFree: boolean | null, takesReferrals: boolean, organization: { id: string, name: string }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, phones: Array<{ id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null }>, languages: Array<{ id: string, name: string | null, code: string | null }>, capacity: { status: CapacityStatus, note: string | null, updatedAt: string | null, stale: boolean }, freshness: { assuredOn: string | null, dueOn: string | null, state: FreshnessState, verifiedBy: string | null }, openState: { state: OpenNow, closesAt: string | null, opensAt: string | null, timeZone: string, prose: string | null } } } }> } };

export type SuggestServicesQueryVariables = Exact<{
  text: string;
}>;


export type SuggestServicesQuery = { suggestServices: Array<{ kind: SuggestionKind, text: string, id: string | null }> };

export type CategoriesQueryVariables = Exact<{ [key: string]: never; }>;


export type CategoriesQuery = { sdohCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> };

export type ServiceDetailQueryVariables = Exact<{
  id: string;
}>;


export type ServiceDetailQuery = { service: { alternateName: string | null, description: string | null, url: string | null, email: string | null, applicationProcess: string | null, interpretationServices: string | null, feesDescription: string | null, eligibilityDescription: string | null, minimumAge: number | null, maximumAge: number | null, sensitivity: Sensitivity, lastModified: string, version: number, viewerCanCorrect: boolean, viewerCanVerify: boolean, viewerCanSetCapacity: boolean, viewerCanRetire: boolean, id: string, name: string, alert: string | null, status: ServiceStatus, isFree: boolean | null, takesReferrals: boolean, program: { id: string, name: string } | null, eligibilityRules: Array<{ kind: string, words: string }>, weekHours: Array<{ days: Array<Weekday>, opensAt: string | null, closesAt: string | null, note: string | null }>, serviceAreas: Array<{ id: string, name: string | null, description: string | null, covers: Array<string> }>, costOptions: Array<{ id: string, option: string | null, amount: number | null, currency: string | null, amountDescription: string | null }>, requiredDocuments: Array<{ id: string, document: string | null, uri: string | null }>, contacts: Array<{ id: string, name: string | null, title: string | null, email: string | null }>, additionalUrls: Array<{ id: string, label: string | null, url: string }>, sites: Array<{ id: string, description: string | null, phones: Array<{ id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null }>, location: { id: string, name: string | null, description: string | null, transportation: string | null, latitude: number | null, longitude: number | null, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }>, accessibility: Array<{ id: string, description: string | null, details: string | null }> } }>, organization: { id: string, name: string }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, phones: Array<{ id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null }>, languages: Array<{ id: string, name: string | null, code: string | null }>, capacity: { status: CapacityStatus, note: string | null, updatedAt: string | null, stale: boolean }, freshness: { assuredOn: string | null, dueOn: string | null, state: FreshnessState, verifiedBy: string | null }, openState: { state: OpenNow, closesAt: string | null, opensAt: string | null, timeZone: string, prose: string | null } } };

export type ListedServiceQueryVariables = Exact<{
  id: string;
}>;


export type ListedServiceQuery = { service: { applicationProcess: string | null, id: string, name: string, alert: string | null, status: ServiceStatus, isFree: boolean | null, takesReferrals: boolean, weekHours: Array<{ days: Array<Weekday>, opensAt: string | null, closesAt: string | null, note: string | null }>, requiredDocuments: Array<{ id: string, document: string | null }>, sites: Array<{ id: string, location: { id: string, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }> } }>, organization: { id: string, name: string }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, phones: Array<{ id: string, number: string, extension: string | null, type: string | null, description: string | null, callable: string | null }>, languages: Array<{ id: string, name: string | null, code: string | null }>, capacity: { status: CapacityStatus, note: string | null, updatedAt: string | null, stale: boolean }, freshness: { assuredOn: string | null, dueOn: string | null, state: FreshnessState, verifiedBy: string | null }, openState: { state: OpenNow, closesAt: string | null, opensAt: string | null, timeZone: string, prose: string | null } } };

export type PatientLineFragment = { id: string, displayName: string, ageYears: number, risk: Risk, status: PatientStatus, language: string, city: string | null, state: string | null, careManager: { id: string, name: string } | null, summary: { openNeeds: number, openReferrals: number, overdueReferrals: number, lastScreenedAt: string | null, screeningDue: boolean, needCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> } };

export type NeedFieldsFragment = { id: string, label: string, status: NeedStatus, wantsHelp: boolean | null, sensitivity: Sensitivity, icd10cm: string | null, identifiedAt: string, confirmedAt: string | null, resolvedAt: string | null, note: string | null, category: { code: string, label: string, sensitivity: Sensitivity }, evidence: Array<{ question: string, answer: string }> };

export type ConsentFieldsFragment = { id: string, status: ConsentStatus, effective: boolean, grantor: Grantor, granteeClass: string | null, sensitivities: Array<Sensitivity>, purpose: ConsentPurpose, method: ConsentMethod, witness: string | null, evidence: string | null, startsAt: string, expiresAt: string | null, expiryEvent: string | null, recordedBy: string, createdAt: string, revokedAt: string | null, grantorRelatedPerson: { id: string, name: string } | null, grantee: { id: string, name: string } | null, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }> };

export type TodayQueryVariables = Exact<{ [key: string]: never; }>;


export type TodayQuery = { today: { counts: { overdueReferrals: number, toConfirm: number, declined: number, screeningsDue: number, patients: number }, needsAnswer: Array<{ id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } }>, overdueReferrals: Array<{ id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } }>, toConfirm: Array<{ id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } }>, screeningsDue: Array<{ id: string, displayName: string, ageYears: number, risk: Risk, status: PatientStatus, language: string, city: string | null, state: string | null, careManager: { id: string, name: string } | null, summary: { openNeeds: number, openReferrals: number, overdueReferrals: number, lastScreenedAt: string | null, screeningDue: boolean, needCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> } }>, highRisk: Array<{ id: string, displayName: string, ageYears: number, risk: Risk, status: PatientStatus, language: string, city: string | null, state: string | null, careManager: { id: string, name: string } | null, summary: { openNeeds: number, openReferrals: number, overdueReferrals: number, lastScreenedAt: string | null, screeningDue: boolean, needCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> } }> } };

export type PatientsQueryVariables = Exact<{
  filter?: PatientFilter | null | undefined;
  sort?: PatientSort | null | undefined;
  after?: string | null | undefined;
}>;


export type PatientsQuery = { patients: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, displayName: string, ageYears: number, risk: Risk, status: PatientStatus, language: string, city: string | null, state: string | null, careManager: { id: string, name: string } | null, summary: { openNeeds: number, openReferrals: number, overdueReferrals: number, lastScreenedAt: string | null, screeningDue: boolean, needCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> } } }> } };

export type PatientPageQueryVariables = Exact<{
  id: string;
}>;


export type PatientPageQuery = { patient: { givenName: string, familyName: string, preferredName: string | null, birthDate: string, gender: string | null, pronouns: string | null, interpreterNeeded: boolean, phone: string | null, email: string | null, address1: string | null, address2: string | null, zip: string | null, county: string | null, contactMethod: ContactMethod, voicemailOk: boolean, contactTimes: string | null, contactNote: string | null, whatMatters: string | null, householdSize: number | null, annualIncomeCents: number | null, veteran: boolean | null, disability: boolean | null, caregiver: boolean | null, insurance: Array<string> | null, version: number, viewerCanUpdate: boolean, id: string, displayName: string, ageYears: number, risk: Risk, status: PatientStatus, language: string, city: string | null, state: string | null, coverages: Array<{ id: string, memberId: string, productLine: ProductLine, startsOn: string, endsOn: string | null, plan: { id: string, name: string } }>, relatedPersons: Array<{ id: string, name: string, relationship: string, phone: string | null, email: string | null, language: string, isCaregiver: boolean, authority: Authority, contactNote: string | null }>, consents: Array<{ id: string, status: ConsentStatus, effective: boolean, grantor: Grantor, granteeClass: string | null, sensitivities: Array<Sensitivity>, purpose: ConsentPurpose, method: ConsentMethod, witness: string | null, evidence: string | null, startsAt: string, expiresAt: string | null, expiryEvent: string | null, recordedBy: string, createdAt: string, revokedAt: string | null, grantorRelatedPerson: { id: string, name: string } | null, grantee: { id: string, name: string } | null, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }> }>, needs: { edges: Array<{ node: { id: string, label: string, status: NeedStatus, wantsHelp: boolean | null, sensitivity: Sensitivity, icd10cm: string | null, identifiedAt: string, confirmedAt: string | null, resolvedAt: string | null, note: string | null, category: { code: string, label: string, sensitivity: Sensitivity }, evidence: Array<{ question: string, answer: string }> } }> }, screenings: { edges: Array<{ node: { id: string, status: ScreeningStatus, startedAt: string, completedAt: string | null, instrument: { key: string, title: string } } }> }, referrals: { edges: Array<{ node: { id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } } }> }, careManager: { id: string, name: string } | null, summary: { openNeeds: number, openReferrals: number, overdueReferrals: number, lastScreenedAt: string | null, screeningDue: boolean, needCategories: Array<{ code: string, label: string, sensitivity: Sensitivity }> } } };

export type PatientNameQueryVariables = Exact<{
  id: string;
}>;


export type PatientNameQuery = { patient: { id: string, displayName: string, city: string | null, state: string | null, zip: string | null, language: string, needs: { edges: Array<{ node: { id: string, label: string, status: NeedStatus, wantsHelp: boolean | null, sensitivity: Sensitivity, icd10cm: string | null, identifiedAt: string, confirmedAt: string | null, resolvedAt: string | null, note: string | null, category: { code: string, label: string, sensitivity: Sensitivity }, evidence: Array<{ question: string, answer: string }> } }> } } };

export type RegisterPatientMutationVariables = Exact<{
  input: RegisterPatientInput;
}>;


export type RegisterPatientMutation = { registerPatient: { patient: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type UpdatePatientMutationVariables = Exact<{
  input: UpdatePatientInput;
}>;


export type UpdatePatientMutation = { updatePatient: { patient: { id: string, version: number } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ColleaguesQueryVariables = Exact<{ [key: string]: never; }>;


export type ColleaguesQuery = { colleagues: Array<{ id: string, name: string, roles: Array<Role> }> };

export type AssignPatientMutationVariables = Exact<{
  input: AssignPatientInput;
}>;


export type AssignPatientMutation = { assignPatient: { patient: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AddRelatedPersonMutationVariables = Exact<{
  input: AddRelatedPersonInput;
}>;


export type AddRelatedPersonMutation = { addRelatedPerson: { relatedPerson: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RecordConsentMutationVariables = Exact<{
  input: RecordConsentInput;
}>;


export type RecordConsentMutation = { recordConsent: { consent: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RevokeConsentMutationVariables = Exact<{
  input: RevokeConsentInput;
}>;


export type RevokeConsentMutation = { revokeConsent: { consent: { id: string } | null, openReferrals: Array<{ id: string }> | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ConfirmNeedMutationVariables = Exact<{
  input: ConfirmNeedInput;
}>;


export type ConfirmNeedMutation = { confirmNeed: { need: { id: string, status: NeedStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type DeclineNeedMutationVariables = Exact<{
  input: DeclineNeedInput;
}>;


export type DeclineNeedMutation = { declineNeed: { need: { id: string, status: NeedStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RefuteNeedMutationVariables = Exact<{
  input: RefuteNeedInput;
}>;


export type RefuteNeedMutation = { refuteNeed: { need: { id: string, status: NeedStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AddNeedMutationVariables = Exact<{
  input: AddNeedInput;
}>;


export type AddNeedMutation = { addNeed: { need: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ResolveNeedMutationVariables = Exact<{
  input: ResolveNeedInput;
}>;


export type ResolveNeedMutation = { resolveNeed: { need: { id: string, status: NeedStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ReferralLineFragment = { id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } };

export type ReferralFieldsFragment = { request: string | null, sensitivity: Sensitivity, outcomeNote: string | null, enrollment: Enrollment | null, patientConfirmedAt: string | null, version: number, viewerActions: Array<ReferralAction>, id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, assignedTo: { id: string, name: string } | null, shared: { items: Array<{ key: string, value: string }> }, site: { id: string, location: { id: string, name: string | null, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }> } } | null, transitions: Array<{ id: string, toStatus: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, side: ReferralSide, byName: string, at: string }>, messages: { edges: Array<{ node: { id: string, body: string, authorName: string, side: ReferralSide, at: string, mine: boolean, authorOrganization: { id: string, name: string } } }> }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } };

export type MessageFieldsFragment = { id: string, body: string, authorName: string, side: ReferralSide, at: string, mine: boolean, authorOrganization: { id: string, name: string } };

export type SentReferralsQueryVariables = Exact<{
  filter?: ReferralFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type SentReferralsQuery = { referrals: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, patient: { id: string, displayName: string } | null, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } } }> } };

export type SentReferralQueryVariables = Exact<{
  id: string;
}>;


export type SentReferralQuery = { referral: { request: string | null, sensitivity: Sensitivity, outcomeNote: string | null, enrollment: Enrollment | null, patientConfirmedAt: string | null, version: number, viewerActions: Array<ReferralAction>, id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, patient: { id: string, displayName: string } | null, needs: Array<{ id: string, label: string, status: NeedStatus }>, consent: { id: string, status: ConsentStatus, effective: boolean, expiresAt: string | null } | null, assignedTo: { id: string, name: string } | null, shared: { items: Array<{ key: string, value: string }> }, site: { id: string, location: { id: string, name: string | null, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }> } } | null, transitions: Array<{ id: string, toStatus: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, side: ReferralSide, byName: string, at: string }>, messages: { edges: Array<{ node: { id: string, body: string, authorName: string, side: ReferralSide, at: string, mine: boolean, authorOrganization: { id: string, name: string } } }> }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } } };

export type InboxQueryVariables = Exact<{
  filter?: InboxFilter | null | undefined;
  after?: string | null | undefined;
}>;


export type InboxQuery = { inboxCounts: { new: number, overdue: number, waiting: number, inWork: number }, inbox: { pageInfo: { hasNextPage: boolean, endCursor: string | null }, edges: Array<{ node: { id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } } }> } };

export type ReceivedReferralQueryVariables = Exact<{
  id: string;
}>;


export type ReceivedReferralQuery = { referral: { request: string | null, sensitivity: Sensitivity, outcomeNote: string | null, enrollment: Enrollment | null, patientConfirmedAt: string | null, version: number, viewerActions: Array<ReferralAction>, id: string, status: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, priority: ReferralPriority, overdue: boolean, sentAt: string | null, seenAt: string | null, answeredAt: string | null, closedAt: string | null, answerDueAt: string | null, updatedAt: string, patientLabel: string, sentByName: string, outcome: ReferralOutcome | null, patientConfirmation: PatientConfirmation | null, side: ReferralSide, assignedTo: { id: string, name: string } | null, shared: { items: Array<{ key: string, value: string }> }, site: { id: string, location: { id: string, name: string | null, addresses: Array<{ id: string, address1: string, address2: string | null, city: string, stateProvince: string, postalCode: string }> } } | null, transitions: Array<{ id: string, toStatus: ReferralStatus, reasonCode: ReferralReason | null, reason: string | null, side: ReferralSide, byName: string, at: string }>, messages: { edges: Array<{ node: { id: string, body: string, authorName: string, side: ReferralSide, at: string, mine: boolean, authorOrganization: { id: string, name: string } } }> }, categories: Array<{ code: string, label: string, sensitivity: Sensitivity }>, from: { id: string, name: string }, to: { id: string, name: string }, service: { id: string, name: string }, loop: { closedByAgency: boolean, helpReceived: boolean, confirmedByPatient: boolean, disagreement: boolean, closed: boolean } } };

export type MarkReferralSeenMutationVariables = Exact<{
  input: MarkReferralSeenInput;
}>;


export type MarkReferralSeenMutation = { markReferralSeen: { referral: { id: string, seenAt: string | null } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AcceptReferralMutationVariables = Exact<{
  input: AcceptReferralInput;
}>;


export type AcceptReferralMutation = { acceptReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type DeclineReferralMutationVariables = Exact<{
  input: DeclineReferralInput;
}>;


export type DeclineReferralMutation = { declineReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type HoldReferralMutationVariables = Exact<{
  input: HoldReferralInput;
}>;


export type HoldReferralMutation = { holdReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type StartReferralMutationVariables = Exact<{
  input: StartReferralInput;
}>;


export type StartReferralMutation = { startReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CompleteReferralMutationVariables = Exact<{
  input: CompleteReferralInput;
}>;


export type CompleteReferralMutation = { completeReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type FailReferralMutationVariables = Exact<{
  input: FailReferralInput;
}>;


export type FailReferralMutation = { failReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CancelReferralMutationVariables = Exact<{
  input: CancelReferralInput;
}>;


export type CancelReferralMutation = { cancelReferral: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type WithdrawReferralInErrorMutationVariables = Exact<{
  input: WithdrawReferralInErrorInput;
}>;


export type WithdrawReferralInErrorMutation = { withdrawReferralInError: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ConfirmReferralOutcomeMutationVariables = Exact<{
  input: ConfirmReferralOutcomeInput;
}>;


export type ConfirmReferralOutcomeMutation = { confirmReferralOutcome: { referral: { id: string, status: ReferralStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SendReferralMessageMutationVariables = Exact<{
  input: SendReferralMessageInput;
}>;


export type SendReferralMessageMutation = { sendReferralMessage: { message: { id: string, body: string, authorName: string, side: ReferralSide, at: string, mine: boolean, authorOrganization: { id: string, name: string } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type InstrumentsQueryVariables = Exact<{ [key: string]: never; }>;


export type InstrumentsQuery = { instruments: Array<{ key: string, version: string, title: string, description: string | null, minutes: number | null }> };

export type ScreeningFieldsFragment = { id: string, status: ScreeningStatus, language: string, answeredBy: AnsweredBy, startedAt: string, completedAt: string | null, version: number, patient: { id: string, displayName: string }, progress: { answered: number, declined: number, notAsked: number, remaining: number }, answers: Array<{ linkId: string, codes: Array<string>, number: number | null, text: string | null, absent: AbsentReason | null, absentText: string | null }>, scores: Array<{ loinc: string, name: string, value: number | null, words: string, positive: boolean | null, complete: boolean }>, needs: Array<{ id: string, label: string, status: NeedStatus, wantsHelp: boolean | null, sensitivity: Sensitivity, icd10cm: string | null, identifiedAt: string, confirmedAt: string | null, resolvedAt: string | null, note: string | null, category: { code: string, label: string, sensitivity: Sensitivity }, evidence: Array<{ question: string, answer: string }> }> };

export type ScreeningPageQueryVariables = Exact<{
  id: string;
  locale?: string | null | undefined;
}>;


export type ScreeningPageQuery = { screening: { id: string, status: ScreeningStatus, language: string, answeredBy: AnsweredBy, startedAt: string, completedAt: string | null, version: number, instrument: { key: string, title: string, description: string | null, notices: Array<string>, translationStatus: string | null, sections: Array<{ key: string, title: string, optional: boolean, items: Array<{ linkId: string, text: string, kind: ItemKind, sensitive: boolean, answers: Array<{ code: string, text: string, exclusive: boolean }> }> }> }, patient: { id: string, displayName: string }, progress: { answered: number, declined: number, notAsked: number, remaining: number }, answers: Array<{ linkId: string, codes: Array<string>, number: number | null, text: string | null, absent: AbsentReason | null, absentText: string | null }>, scores: Array<{ loinc: string, name: string, value: number | null, words: string, positive: boolean | null, complete: boolean }>, needs: Array<{ id: string, label: string, status: NeedStatus, wantsHelp: boolean | null, sensitivity: Sensitivity, icd10cm: string | null, identifiedAt: string, confirmedAt: string | null, resolvedAt: string | null, note: string | null, category: { code: string, label: string, sensitivity: Sensitivity }, evidence: Array<{ question: string, answer: string }> }> } };

export type StartScreeningMutationVariables = Exact<{
  input: StartScreeningInput;
}>;


export type StartScreeningMutation = { startScreening: { screening: { id: string } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AnswerScreeningMutationVariables = Exact<{
  input: AnswerScreeningInput;
}>;


export type AnswerScreeningMutation = { answerScreening: { screening: { id: string, version: number, progress: { answered: number, declined: number, notAsked: number, remaining: number } } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type CompleteScreeningMutationVariables = Exact<{
  input: CompleteScreeningInput;
}>;


export type CompleteScreeningMutation = { completeScreening: { screening: { id: string, status: ScreeningStatus } | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { roles: Array<Role>, permissions: Array<string>, secondFactor: boolean, sessionExpiresAt: string, idleSeconds: number, user: { id: string, name: string, email: string, locale: string }, organization: { id: string, kind: OrganizationKind, name: string, timeZone: string }, memberships: Array<{ id: string, roles: Array<Role>, organization: { id: string, name: string } }> } | null };

export type ViewerFieldsFragment = { roles: Array<Role>, permissions: Array<string>, secondFactor: boolean, sessionExpiresAt: string, idleSeconds: number, user: { id: string, name: string, email: string, locale: string }, organization: { id: string, kind: OrganizationKind, name: string, timeZone: string }, memberships: Array<{ id: string, roles: Array<Role>, organization: { id: string, name: string } }> };

export type SignOutMutationVariables = Exact<{
  input?: SignOutInput | null | undefined;
}>;


export type SignOutMutation = { signOut: { signedOut: boolean | null } };

export type SwitchOrganizationMutationVariables = Exact<{
  input: SwitchOrganizationInput;
}>;


export type SwitchOrganizationMutation = { switchOrganization: { step: SignInStep | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SaveLocaleMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type SaveLocaleMutation = { updateProfile: { user: { id: string, locale: string } | null } };

export type AgencyAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgencyAlertsQuery = { inboxCounts: { new: number, overdue: number } };

export type CareAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type CareAlertsQuery = { today: { counts: { overdueReferrals: number, toConfirm: number, declined: number } } };

export type SignInOptionsQueryVariables = Exact<{ [key: string]: never; }>;


export type SignInOptionsQuery = { signInOptions: { oidc: boolean, oidcUrl: string | null, demoAccounts: Array<{ email: string, password: string, name: string, role: string, organization: string }> } };

export type SignInMutationVariables = Exact<{
  input: SignInInput;
}>;


export type SignInMutation = { signIn: { step: SignInStep | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ConfirmTotpMutationVariables = Exact<{
  input: ConfirmTotpInput;
}>;


export type ConfirmTotpMutation = { confirmTotp: { step: SignInStep | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type RequestPasswordResetMutationVariables = Exact<{
  input: RequestPasswordResetInput;
}>;


export type RequestPasswordResetMutation = { requestPasswordReset: { sent: boolean | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type ResetPasswordMutationVariables = Exact<{
  input: ResetPasswordInput;
}>;


export type ResetPasswordMutation = { resetPassword: { done: boolean | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type AcceptInvitationMutationVariables = Exact<{
  input: AcceptInvitationInput;
}>;


export type AcceptInvitationMutation = { acceptInvitation: { step: SignInStep | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const RefusalsFragmentDoc = new TypedDocumentString(`
    fragment Refusals on UserError {
  code
  message
  field
}
    `, {"fragmentName":"Refusals"}) as unknown as TypedDocumentString<RefusalsFragment, unknown>;
export const FitFieldsFragmentDoc = new TypedDocumentString(`
    fragment FitFields on Fit {
  verdict
  failed
  ask
}
    `, {"fragmentName":"FitFields"}) as unknown as TypedDocumentString<FitFieldsFragment, unknown>;
export const CategoryFieldsFragmentDoc = new TypedDocumentString(`
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
    `, {"fragmentName":"CategoryFields"}) as unknown as TypedDocumentString<CategoryFieldsFragment, unknown>;
export const PhoneFieldsFragmentDoc = new TypedDocumentString(`
    fragment PhoneFields on Phone {
  id
  number
  extension
  type
  description
  callable
}
    `, {"fragmentName":"PhoneFields"}) as unknown as TypedDocumentString<PhoneFieldsFragment, unknown>;
export const CapacityFieldsFragmentDoc = new TypedDocumentString(`
    fragment CapacityFields on Capacity {
  status
  note
  updatedAt
  stale
}
    `, {"fragmentName":"CapacityFields"}) as unknown as TypedDocumentString<CapacityFieldsFragment, unknown>;
export const FreshnessFieldsFragmentDoc = new TypedDocumentString(`
    fragment FreshnessFields on Freshness {
  assuredOn
  dueOn
  state
  verifiedBy
}
    `, {"fragmentName":"FreshnessFields"}) as unknown as TypedDocumentString<FreshnessFieldsFragment, unknown>;
export const OpenFieldsFragmentDoc = new TypedDocumentString(`
    fragment OpenFields on OpenState {
  state
  closesAt
  opensAt
  timeZone
  prose
}
    `, {"fragmentName":"OpenFields"}) as unknown as TypedDocumentString<OpenFieldsFragment, unknown>;
export const ServiceLineFragmentDoc = new TypedDocumentString(`
    fragment ServiceLine on Service {
  id
  name
  alert
  status
  isFree
  takesReferrals
  organization {
    id
    name
  }
  categories {
    ...CategoryFields
  }
  phones {
    ...PhoneFields
  }
  languages {
    id
    name
    code
  }
  capacity {
    ...CapacityFields
  }
  freshness {
    ...FreshnessFields
  }
  openState {
    ...OpenFields
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment CapacityFields on Capacity {
  status
  note
  updatedAt
  stale
}
fragment FreshnessFields on Freshness {
  assuredOn
  dueOn
  state
  verifiedBy
}
fragment OpenFields on OpenState {
  state
  closesAt
  opensAt
  timeZone
  prose
}
fragment PhoneFields on Phone {
  id
  number
  extension
  type
  description
  callable
}`, {"fragmentName":"ServiceLine"}) as unknown as TypedDocumentString<ServiceLineFragment, unknown>;
export const PatientLineFragmentDoc = new TypedDocumentString(`
    fragment PatientLine on Patient {
  id
  displayName
  ageYears
  risk
  status
  language
  city
  state
  careManager {
    id
    name
  }
  summary {
    openNeeds
    openReferrals
    overdueReferrals
    lastScreenedAt
    screeningDue
    needCategories {
      ...CategoryFields
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}`, {"fragmentName":"PatientLine"}) as unknown as TypedDocumentString<PatientLineFragment, unknown>;
export const ConsentFieldsFragmentDoc = new TypedDocumentString(`
    fragment ConsentFields on Consent {
  id
  status
  effective
  grantor
  grantorRelatedPerson {
    id
    name
  }
  grantee {
    id
    name
  }
  granteeClass
  categories {
    ...CategoryFields
  }
  sensitivities
  purpose
  method
  witness
  evidence
  startsAt
  expiresAt
  expiryEvent
  recordedBy
  createdAt
  revokedAt
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}`, {"fragmentName":"ConsentFields"}) as unknown as TypedDocumentString<ConsentFieldsFragment, unknown>;
export const ReferralLineFragmentDoc = new TypedDocumentString(`
    fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}`, {"fragmentName":"ReferralLine"}) as unknown as TypedDocumentString<ReferralLineFragment, unknown>;
export const AddressFieldsFragmentDoc = new TypedDocumentString(`
    fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
    `, {"fragmentName":"AddressFields"}) as unknown as TypedDocumentString<AddressFieldsFragment, unknown>;
export const MessageFieldsFragmentDoc = new TypedDocumentString(`
    fragment MessageFields on ReferralMessage {
  id
  body
  authorName
  authorOrganization {
    id
    name
  }
  side
  at
  mine
}
    `, {"fragmentName":"MessageFields"}) as unknown as TypedDocumentString<MessageFieldsFragment, unknown>;
export const ReferralFieldsFragmentDoc = new TypedDocumentString(`
    fragment ReferralFields on Referral {
  ...ReferralLine
  request
  sensitivity
  outcomeNote
  enrollment
  patientConfirmedAt
  version
  viewerActions
  assignedTo {
    id
    name
  }
  shared {
    items {
      key
      value
    }
  }
  site {
    id
    location {
      id
      name
      addresses {
        ...AddressFields
      }
    }
  }
  transitions {
    id
    toStatus
    reasonCode
    reason
    side
    byName
    at
  }
  messages(first: 100) {
    edges {
      node {
        ...MessageFields
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}
fragment MessageFields on ReferralMessage {
  id
  body
  authorName
  authorOrganization {
    id
    name
  }
  side
  at
  mine
}`, {"fragmentName":"ReferralFields"}) as unknown as TypedDocumentString<ReferralFieldsFragment, unknown>;
export const NeedFieldsFragmentDoc = new TypedDocumentString(`
    fragment NeedFields on Need {
  id
  label
  status
  wantsHelp
  sensitivity
  icd10cm
  identifiedAt
  confirmedAt
  resolvedAt
  note
  category {
    ...CategoryFields
  }
  evidence {
    question
    answer
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}`, {"fragmentName":"NeedFields"}) as unknown as TypedDocumentString<NeedFieldsFragment, unknown>;
export const ScreeningFieldsFragmentDoc = new TypedDocumentString(`
    fragment ScreeningFields on Screening {
  id
  status
  language
  answeredBy
  startedAt
  completedAt
  version
  patient {
    id
    displayName
  }
  progress {
    answered
    declined
    notAsked
    remaining
  }
  answers {
    linkId
    codes
    number
    text
    absent
    absentText
  }
  scores {
    loinc
    name
    value
    words
    positive
    complete
  }
  needs {
    ...NeedFields
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment NeedFields on Need {
  id
  label
  status
  wantsHelp
  sensitivity
  icd10cm
  identifiedAt
  confirmedAt
  resolvedAt
  note
  category {
    ...CategoryFields
  }
  evidence {
    question
    answer
  }
}`, {"fragmentName":"ScreeningFields"}) as unknown as TypedDocumentString<ScreeningFieldsFragment, unknown>;
export const ViewerFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFields on Viewer {
  user {
    id
    name
    email
    locale
  }
  organization {
    id
    kind
    name
    timeZone
  }
  roles
  permissions
  memberships {
    id
    roles
    organization {
      id
      name
    }
  }
  secondFactor
  sessionExpiresAt
  idleSeconds
}
    `, {"fragmentName":"ViewerFields"}) as unknown as TypedDocumentString<ViewerFieldsFragment, unknown>;
export const InboxChangedDocument = new TypedDocumentString(`
    subscription InboxChanged {
  inboxChanged {
    referral {
      id
      status
      version
    }
  }
}
    `, {"hash":"sha256:1dd192c96de0199b316ef3b3aa35de76f74ce32227cc23b9c908fea6672bdc24"}) as unknown as TypedDocumentString<InboxChangedSubscription, InboxChangedSubscriptionVariables>;
export const ReferralChangedDocument = new TypedDocumentString(`
    subscription ReferralChanged($id: ID) {
  referralChanged(id: $id) {
    referral {
      id
      status
      version
    }
  }
}
    `, {"hash":"sha256:b12179c6b31d206125083d44289923d4009ec13026c3cabab8d1e38fed12da19"}) as unknown as TypedDocumentString<ReferralChangedSubscription, ReferralChangedSubscriptionVariables>;
export const SearchServicesDocument = new TypedDocumentString(`
    query SearchServices($input: SearchServicesInput!, $after: String) {
  searchServices(input: $input, first: 20, after: $after) {
    total
    totalIsExact
    place {
      label
      latitude
      longitude
    }
    pageInfo {
      ...PageFields
    }
    facets {
      categories {
        count
        category {
          code
          label
        }
      }
      languages {
        value
        label
        count
      }
      free
      takesReferrals
      hasRoom
    }
    understood {
      corrected
      synonyms
      dropped
      category {
        code
        label
      }
    }
    edges {
      node {
        distanceMiles
        servesArea
        latitude
        longitude
        fit {
          ...FitFields
        }
        site {
          id
          location {
            id
            name
            addresses {
              ...AddressFields
            }
          }
        }
        service {
          ...ServiceLine
        }
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment CapacityFields on Capacity {
  status
  note
  updatedAt
  stale
}
fragment FreshnessFields on Freshness {
  assuredOn
  dueOn
  state
  verifiedBy
}
fragment OpenFields on OpenState {
  state
  closesAt
  opensAt
  timeZone
  prose
}
fragment PhoneFields on Phone {
  id
  number
  extension
  type
  description
  callable
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment FitFields on Fit {
  verdict
  failed
  ask
}
fragment ServiceLine on Service {
  id
  name
  alert
  status
  isFree
  takesReferrals
  organization {
    id
    name
  }
  categories {
    ...CategoryFields
  }
  phones {
    ...PhoneFields
  }
  languages {
    id
    name
    code
  }
  capacity {
    ...CapacityFields
  }
  freshness {
    ...FreshnessFields
  }
  openState {
    ...OpenFields
  }
}`, {"hash":"sha256:1421f7781a5a79961f66b3ee10b569b6f14387fe5c0ef24c98f6cb65b7c07fdc"}) as unknown as TypedDocumentString<SearchServicesQuery, SearchServicesQueryVariables>;
export const SuggestServicesDocument = new TypedDocumentString(`
    query SuggestServices($text: String!) {
  suggestServices(text: $text, limit: 8) {
    kind
    text
    id
  }
}
    `, {"hash":"sha256:2d4b0ac7844c5645f67ea999f5cb4b1ac7ae8576832e28a34c1babac470d1bbc"}) as unknown as TypedDocumentString<SuggestServicesQuery, SuggestServicesQueryVariables>;
export const CategoriesDocument = new TypedDocumentString(`
    query Categories {
  sdohCategories {
    ...CategoryFields
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}`, {"hash":"sha256:e20b9128d7adb3743c5e9b5c26a2955c1cfe43960eb0bcb2f7dcb9d0cfeffa1d"}) as unknown as TypedDocumentString<CategoriesQuery, CategoriesQueryVariables>;
export const ServiceDetailDocument = new TypedDocumentString(`
    query ServiceDetail($id: ID!) {
  service(id: $id) {
    ...ServiceLine
    alternateName
    description
    url
    email
    applicationProcess
    interpretationServices
    feesDescription
    eligibilityDescription
    minimumAge
    maximumAge
    sensitivity
    lastModified
    version
    viewerCanCorrect
    viewerCanVerify
    viewerCanSetCapacity
    viewerCanRetire
    program {
      id
      name
    }
    eligibilityRules {
      kind
      words
    }
    weekHours {
      days
      opensAt
      closesAt
      note
    }
    serviceAreas {
      id
      name
      description
      covers
    }
    costOptions {
      id
      option
      amount
      currency
      amountDescription
    }
    requiredDocuments {
      id
      document
      uri
    }
    contacts {
      id
      name
      title
      email
    }
    additionalUrls {
      id
      label
      url
    }
    sites {
      id
      description
      phones {
        ...PhoneFields
      }
      location {
        id
        name
        description
        transportation
        latitude
        longitude
        addresses {
          ...AddressFields
        }
        accessibility {
          id
          description
          details
        }
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment CapacityFields on Capacity {
  status
  note
  updatedAt
  stale
}
fragment FreshnessFields on Freshness {
  assuredOn
  dueOn
  state
  verifiedBy
}
fragment OpenFields on OpenState {
  state
  closesAt
  opensAt
  timeZone
  prose
}
fragment PhoneFields on Phone {
  id
  number
  extension
  type
  description
  callable
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment ServiceLine on Service {
  id
  name
  alert
  status
  isFree
  takesReferrals
  organization {
    id
    name
  }
  categories {
    ...CategoryFields
  }
  phones {
    ...PhoneFields
  }
  languages {
    id
    name
    code
  }
  capacity {
    ...CapacityFields
  }
  freshness {
    ...FreshnessFields
  }
  openState {
    ...OpenFields
  }
}`, {"hash":"sha256:d7a4471b73f274f6a7f048d4e9fb0209b3cb26acf98fca0e565dbe049c9d22a0"}) as unknown as TypedDocumentString<ServiceDetailQuery, ServiceDetailQueryVariables>;
export const ListedServiceDocument = new TypedDocumentString(`
    query ListedService($id: ID!) {
  service(id: $id) {
    ...ServiceLine
    applicationProcess
    weekHours {
      days
      opensAt
      closesAt
      note
    }
    requiredDocuments {
      id
      document
    }
    sites {
      id
      location {
        id
        addresses {
          ...AddressFields
        }
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment CapacityFields on Capacity {
  status
  note
  updatedAt
  stale
}
fragment FreshnessFields on Freshness {
  assuredOn
  dueOn
  state
  verifiedBy
}
fragment OpenFields on OpenState {
  state
  closesAt
  opensAt
  timeZone
  prose
}
fragment PhoneFields on Phone {
  id
  number
  extension
  type
  description
  callable
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment ServiceLine on Service {
  id
  name
  alert
  status
  isFree
  takesReferrals
  organization {
    id
    name
  }
  categories {
    ...CategoryFields
  }
  phones {
    ...PhoneFields
  }
  languages {
    id
    name
    code
  }
  capacity {
    ...CapacityFields
  }
  freshness {
    ...FreshnessFields
  }
  openState {
    ...OpenFields
  }
}`, {"hash":"sha256:80d13be20bc4e2cc10e64f83e082a79557380475c84e4119f1228bcffd95db44"}) as unknown as TypedDocumentString<ListedServiceQuery, ListedServiceQueryVariables>;
export const TodayDocument = new TypedDocumentString(`
    query Today {
  today {
    counts {
      overdueReferrals
      toConfirm
      declined
      screeningsDue
      patients
    }
    needsAnswer {
      ...ReferralLine
    }
    overdueReferrals {
      ...ReferralLine
    }
    toConfirm {
      ...ReferralLine
    }
    screeningsDue {
      ...PatientLine
    }
    highRisk {
      ...PatientLine
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment PatientLine on Patient {
  id
  displayName
  ageYears
  risk
  status
  language
  city
  state
  careManager {
    id
    name
  }
  summary {
    openNeeds
    openReferrals
    overdueReferrals
    lastScreenedAt
    screeningDue
    needCategories {
      ...CategoryFields
    }
  }
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}`, {"hash":"sha256:f9c75d54bc55a5ae5c66b52b0bc4cbc98bcbb64755c7935e79d31a27eb984cfb"}) as unknown as TypedDocumentString<TodayQuery, TodayQueryVariables>;
export const PatientsDocument = new TypedDocumentString(`
    query Patients($filter: PatientFilter, $sort: PatientSort, $after: String) {
  patients(filter: $filter, sort: $sort, first: 25, after: $after) {
    pageInfo {
      ...PageFields
    }
    edges {
      node {
        ...PatientLine
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment PatientLine on Patient {
  id
  displayName
  ageYears
  risk
  status
  language
  city
  state
  careManager {
    id
    name
  }
  summary {
    openNeeds
    openReferrals
    overdueReferrals
    lastScreenedAt
    screeningDue
    needCategories {
      ...CategoryFields
    }
  }
}`, {"hash":"sha256:74c2873a50bc6aa6c6b47bcab81e6cd2aeb06d56fef31902b801d5e485ef20de"}) as unknown as TypedDocumentString<PatientsQuery, PatientsQueryVariables>;
export const PatientPageDocument = new TypedDocumentString(`
    query PatientPage($id: ID!) {
  patient(id: $id) {
    ...PatientLine
    givenName
    familyName
    preferredName
    birthDate
    gender
    pronouns
    interpreterNeeded
    phone
    email
    address1
    address2
    zip
    county
    contactMethod
    voicemailOk
    contactTimes
    contactNote
    whatMatters
    householdSize
    annualIncomeCents
    veteran
    disability
    caregiver
    insurance
    version
    viewerCanUpdate
    coverages {
      id
      memberId
      productLine
      startsOn
      endsOn
      plan {
        id
        name
      }
    }
    relatedPersons {
      id
      name
      relationship
      phone
      email
      language
      isCaregiver
      authority
      contactNote
    }
    consents {
      ...ConsentFields
    }
    needs(first: 50) {
      edges {
        node {
          ...NeedFields
        }
      }
    }
    screenings(first: 10) {
      edges {
        node {
          id
          status
          startedAt
          completedAt
          instrument {
            key
            title
          }
        }
      }
    }
    referrals(first: 50) {
      edges {
        node {
          ...ReferralLine
        }
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment PatientLine on Patient {
  id
  displayName
  ageYears
  risk
  status
  language
  city
  state
  careManager {
    id
    name
  }
  summary {
    openNeeds
    openReferrals
    overdueReferrals
    lastScreenedAt
    screeningDue
    needCategories {
      ...CategoryFields
    }
  }
}
fragment NeedFields on Need {
  id
  label
  status
  wantsHelp
  sensitivity
  icd10cm
  identifiedAt
  confirmedAt
  resolvedAt
  note
  category {
    ...CategoryFields
  }
  evidence {
    question
    answer
  }
}
fragment ConsentFields on Consent {
  id
  status
  effective
  grantor
  grantorRelatedPerson {
    id
    name
  }
  grantee {
    id
    name
  }
  granteeClass
  categories {
    ...CategoryFields
  }
  sensitivities
  purpose
  method
  witness
  evidence
  startsAt
  expiresAt
  expiryEvent
  recordedBy
  createdAt
  revokedAt
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}`, {"hash":"sha256:e2b9f8f4e21b4edf491bf6551fe21d765edde9afeec92c83800f08ac0d7e7861"}) as unknown as TypedDocumentString<PatientPageQuery, PatientPageQueryVariables>;
export const PatientNameDocument = new TypedDocumentString(`
    query PatientName($id: ID!) {
  patient(id: $id) {
    id
    displayName
    city
    state
    zip
    language
    needs(first: 50) {
      edges {
        node {
          ...NeedFields
        }
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment NeedFields on Need {
  id
  label
  status
  wantsHelp
  sensitivity
  icd10cm
  identifiedAt
  confirmedAt
  resolvedAt
  note
  category {
    ...CategoryFields
  }
  evidence {
    question
    answer
  }
}`, {"hash":"sha256:223789dba6c0c284d5a89fa0941501e204108c932dddcdfc752bc0bc31902156"}) as unknown as TypedDocumentString<PatientNameQuery, PatientNameQueryVariables>;
export const RegisterPatientDocument = new TypedDocumentString(`
    mutation RegisterPatient($input: RegisterPatientInput!) {
  registerPatient(input: $input) {
    patient {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:b3ad8c1c6de33afb45f676f0351865b1b73785c3486d75930856bee5fccdbd98"}) as unknown as TypedDocumentString<RegisterPatientMutation, RegisterPatientMutationVariables>;
export const UpdatePatientDocument = new TypedDocumentString(`
    mutation UpdatePatient($input: UpdatePatientInput!) {
  updatePatient(input: $input) {
    patient {
      id
      version
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:356628ec8ea5483cc58d11e58084cb67d39eebcf189d2deaaaff0400e4469691"}) as unknown as TypedDocumentString<UpdatePatientMutation, UpdatePatientMutationVariables>;
export const ColleaguesDocument = new TypedDocumentString(`
    query Colleagues {
  colleagues {
    id
    name
    roles
  }
}
    `, {"hash":"sha256:a5795265c1ef4bb09f604fcc4ef96a76a35e4d2a1fdf738d5520b176e7c468b8"}) as unknown as TypedDocumentString<ColleaguesQuery, ColleaguesQueryVariables>;
export const AssignPatientDocument = new TypedDocumentString(`
    mutation AssignPatient($input: AssignPatientInput!) {
  assignPatient(input: $input) {
    patient {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:c55a1077463e27424db3858f54d6f7aba2770729ecc532b910423cfd17f29340"}) as unknown as TypedDocumentString<AssignPatientMutation, AssignPatientMutationVariables>;
export const AddRelatedPersonDocument = new TypedDocumentString(`
    mutation AddRelatedPerson($input: AddRelatedPersonInput!) {
  addRelatedPerson(input: $input) {
    relatedPerson {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:be6b4570f4fb2132ea28e6dc1a44ce226f5dd0a427fc629b176ab9221e418c58"}) as unknown as TypedDocumentString<AddRelatedPersonMutation, AddRelatedPersonMutationVariables>;
export const RecordConsentDocument = new TypedDocumentString(`
    mutation RecordConsent($input: RecordConsentInput!) {
  recordConsent(input: $input) {
    consent {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:62efc62e34a5815cd692b3b01b459ae2359621bef90d74c27f195ba78802e4a3"}) as unknown as TypedDocumentString<RecordConsentMutation, RecordConsentMutationVariables>;
export const RevokeConsentDocument = new TypedDocumentString(`
    mutation RevokeConsent($input: RevokeConsentInput!) {
  revokeConsent(input: $input) {
    consent {
      id
    }
    openReferrals {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:2ae3a288f5ecff7a61455ee88a10af393e1cef9759d77f7bba9c84402402c667"}) as unknown as TypedDocumentString<RevokeConsentMutation, RevokeConsentMutationVariables>;
export const ConfirmNeedDocument = new TypedDocumentString(`
    mutation ConfirmNeed($input: ConfirmNeedInput!) {
  confirmNeed(input: $input) {
    need {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:7e6f8a118b64bc077299f29e91d578979b48fef981ac843a0f7d6d21c0427a47"}) as unknown as TypedDocumentString<ConfirmNeedMutation, ConfirmNeedMutationVariables>;
export const DeclineNeedDocument = new TypedDocumentString(`
    mutation DeclineNeed($input: DeclineNeedInput!) {
  declineNeed(input: $input) {
    need {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:6fdcfe314a9e4cd0c7c0ea593117985838724c22f81a77eee1cda328047cc3c0"}) as unknown as TypedDocumentString<DeclineNeedMutation, DeclineNeedMutationVariables>;
export const RefuteNeedDocument = new TypedDocumentString(`
    mutation RefuteNeed($input: RefuteNeedInput!) {
  refuteNeed(input: $input) {
    need {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:1f5a70c56316d4e888b4ae9b66a554afbf2e4a84307a2d54d190e52b3d298a33"}) as unknown as TypedDocumentString<RefuteNeedMutation, RefuteNeedMutationVariables>;
export const AddNeedDocument = new TypedDocumentString(`
    mutation AddNeed($input: AddNeedInput!) {
  addNeed(input: $input) {
    need {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:4ec5fda7b3996f2dbd1779876c2e481df8bf3dfa2bbb1d29aeae80b33b2e1d0e"}) as unknown as TypedDocumentString<AddNeedMutation, AddNeedMutationVariables>;
export const ResolveNeedDocument = new TypedDocumentString(`
    mutation ResolveNeed($input: ResolveNeedInput!) {
  resolveNeed(input: $input) {
    need {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:b34c8a7a6bc329df33f1ab300d95eedf3d111ff8efd06b16d150367199ea71cc"}) as unknown as TypedDocumentString<ResolveNeedMutation, ResolveNeedMutationVariables>;
export const SentReferralsDocument = new TypedDocumentString(`
    query SentReferrals($filter: ReferralFilter, $after: String) {
  referrals(filter: $filter, first: 25, after: $after) {
    pageInfo {
      ...PageFields
    }
    edges {
      node {
        ...ReferralLine
        patient {
          id
          displayName
        }
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}`, {"hash":"sha256:34e3f8d47f4bf5db0d9ae3a83920bfef1547db095d71b19deb81655c7561a6b2"}) as unknown as TypedDocumentString<SentReferralsQuery, SentReferralsQueryVariables>;
export const SentReferralDocument = new TypedDocumentString(`
    query SentReferral($id: ID!) {
  referral(id: $id) {
    ...ReferralFields
    patient {
      id
      displayName
    }
    needs {
      id
      label
      status
    }
    consent {
      id
      status
      effective
      expiresAt
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}
fragment ReferralFields on Referral {
  ...ReferralLine
  request
  sensitivity
  outcomeNote
  enrollment
  patientConfirmedAt
  version
  viewerActions
  assignedTo {
    id
    name
  }
  shared {
    items {
      key
      value
    }
  }
  site {
    id
    location {
      id
      name
      addresses {
        ...AddressFields
      }
    }
  }
  transitions {
    id
    toStatus
    reasonCode
    reason
    side
    byName
    at
  }
  messages(first: 100) {
    edges {
      node {
        ...MessageFields
      }
    }
  }
}
fragment MessageFields on ReferralMessage {
  id
  body
  authorName
  authorOrganization {
    id
    name
  }
  side
  at
  mine
}`, {"hash":"sha256:34b269a9ecd4632c0fbf05d6938eff28922d87712eefc1663db42649e4af1abe"}) as unknown as TypedDocumentString<SentReferralQuery, SentReferralQueryVariables>;
export const InboxDocument = new TypedDocumentString(`
    query Inbox($filter: InboxFilter, $after: String) {
  inboxCounts {
    new
    overdue
    waiting
    inWork
  }
  inbox(filter: $filter, first: 25, after: $after) {
    pageInfo {
      ...PageFields
    }
    edges {
      node {
        ...ReferralLine
      }
    }
  }
}
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}`, {"hash":"sha256:72db02b3f1e75f5c9ae2131c9f9938179cc9028caa7c71f585231ae299bc1b44"}) as unknown as TypedDocumentString<InboxQuery, InboxQueryVariables>;
export const ReceivedReferralDocument = new TypedDocumentString(`
    query ReceivedReferral($id: ID!) {
  referral(id: $id) {
    ...ReferralFields
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment AddressFields on Address {
  id
  address1
  address2
  city
  stateProvince
  postalCode
}
fragment ReferralLine on Referral {
  id
  status
  reasonCode
  reason
  priority
  overdue
  sentAt
  seenAt
  answeredAt
  closedAt
  answerDueAt
  updatedAt
  patientLabel
  sentByName
  outcome
  patientConfirmation
  side
  categories {
    ...CategoryFields
  }
  from {
    id
    name
  }
  to {
    id
    name
  }
  service {
    id
    name
  }
  loop {
    closedByAgency
    helpReceived
    confirmedByPatient
    disagreement
    closed
  }
}
fragment ReferralFields on Referral {
  ...ReferralLine
  request
  sensitivity
  outcomeNote
  enrollment
  patientConfirmedAt
  version
  viewerActions
  assignedTo {
    id
    name
  }
  shared {
    items {
      key
      value
    }
  }
  site {
    id
    location {
      id
      name
      addresses {
        ...AddressFields
      }
    }
  }
  transitions {
    id
    toStatus
    reasonCode
    reason
    side
    byName
    at
  }
  messages(first: 100) {
    edges {
      node {
        ...MessageFields
      }
    }
  }
}
fragment MessageFields on ReferralMessage {
  id
  body
  authorName
  authorOrganization {
    id
    name
  }
  side
  at
  mine
}`, {"hash":"sha256:26687f3f32145e6d364bb196da15facfd9b4ec7b72be897cc2bf4ed445170296"}) as unknown as TypedDocumentString<ReceivedReferralQuery, ReceivedReferralQueryVariables>;
export const MarkReferralSeenDocument = new TypedDocumentString(`
    mutation MarkReferralSeen($input: MarkReferralSeenInput!) {
  markReferralSeen(input: $input) {
    referral {
      id
      seenAt
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:417cacba821ef0dbee4f48b91a7ac56f8c0fcef7d94e5e3558e5ac20374cecf5"}) as unknown as TypedDocumentString<MarkReferralSeenMutation, MarkReferralSeenMutationVariables>;
export const AcceptReferralDocument = new TypedDocumentString(`
    mutation AcceptReferral($input: AcceptReferralInput!) {
  acceptReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:4ad53b507a94c3d2180c1cd69a17d8eaa8a04aab36e1fb62ddb58657f8aa5227"}) as unknown as TypedDocumentString<AcceptReferralMutation, AcceptReferralMutationVariables>;
export const DeclineReferralDocument = new TypedDocumentString(`
    mutation DeclineReferral($input: DeclineReferralInput!) {
  declineReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:50d79debed2ca3960f30c77bf55bd8de849b3daea91750aff8bc74898d4a4003"}) as unknown as TypedDocumentString<DeclineReferralMutation, DeclineReferralMutationVariables>;
export const HoldReferralDocument = new TypedDocumentString(`
    mutation HoldReferral($input: HoldReferralInput!) {
  holdReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:d746f90252a28561aeb3bdcacf582a1a1feb110930c13185896ab029783eb3df"}) as unknown as TypedDocumentString<HoldReferralMutation, HoldReferralMutationVariables>;
export const StartReferralDocument = new TypedDocumentString(`
    mutation StartReferral($input: StartReferralInput!) {
  startReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:85d3c7bed67586d7b43ba98f5014a9bacee6eb513c87196a0dd927754e7f7fad"}) as unknown as TypedDocumentString<StartReferralMutation, StartReferralMutationVariables>;
export const CompleteReferralDocument = new TypedDocumentString(`
    mutation CompleteReferral($input: CompleteReferralInput!) {
  completeReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:3c69fa226660edf8addb323c196759d8ef220e95deb91a0497f8bd415c93122f"}) as unknown as TypedDocumentString<CompleteReferralMutation, CompleteReferralMutationVariables>;
export const FailReferralDocument = new TypedDocumentString(`
    mutation FailReferral($input: FailReferralInput!) {
  failReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:4ad066c4350d046f4d764a712ac8886e9dd5ca062a5df88a08e2cc5876482eb6"}) as unknown as TypedDocumentString<FailReferralMutation, FailReferralMutationVariables>;
export const CancelReferralDocument = new TypedDocumentString(`
    mutation CancelReferral($input: CancelReferralInput!) {
  cancelReferral(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:be6e64b0d41fec2ad0c9f62e3d34c07bf04a98481c0375d5a06d2f81f296611c"}) as unknown as TypedDocumentString<CancelReferralMutation, CancelReferralMutationVariables>;
export const WithdrawReferralInErrorDocument = new TypedDocumentString(`
    mutation WithdrawReferralInError($input: WithdrawReferralInErrorInput!) {
  withdrawReferralInError(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:db5c7a2dad7810bda29094c46de182646c0983d1d973844a6ecfac522b379c63"}) as unknown as TypedDocumentString<WithdrawReferralInErrorMutation, WithdrawReferralInErrorMutationVariables>;
export const ConfirmReferralOutcomeDocument = new TypedDocumentString(`
    mutation ConfirmReferralOutcome($input: ConfirmReferralOutcomeInput!) {
  confirmReferralOutcome(input: $input) {
    referral {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:285ee374a91728ef78b21f215d884cde0596124f090c00a71315dbdc46caf9a1"}) as unknown as TypedDocumentString<ConfirmReferralOutcomeMutation, ConfirmReferralOutcomeMutationVariables>;
export const SendReferralMessageDocument = new TypedDocumentString(`
    mutation SendReferralMessage($input: SendReferralMessageInput!) {
  sendReferralMessage(input: $input) {
    message {
      ...MessageFields
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}
fragment MessageFields on ReferralMessage {
  id
  body
  authorName
  authorOrganization {
    id
    name
  }
  side
  at
  mine
}`, {"hash":"sha256:83b800558414f2b0da885e5c94794dddb98c3a99632dc50d881f794cd91a84a1"}) as unknown as TypedDocumentString<SendReferralMessageMutation, SendReferralMessageMutationVariables>;
export const InstrumentsDocument = new TypedDocumentString(`
    query Instruments {
  instruments {
    key
    version
    title
    description
    minutes
  }
}
    `, {"hash":"sha256:4c553df4ee56c358f02892ddcb340f82cd651e77282a0f790ec2d359a3d7cbd8"}) as unknown as TypedDocumentString<InstrumentsQuery, InstrumentsQueryVariables>;
export const ScreeningPageDocument = new TypedDocumentString(`
    query ScreeningPage($id: ID!, $locale: String) {
  screening(id: $id) {
    ...ScreeningFields
    instrument {
      key
      title(locale: $locale)
      description(locale: $locale)
      notices
      translationStatus(locale: $locale)
      sections {
        key
        title(locale: $locale)
        optional
        items {
          linkId
          text(locale: $locale)
          kind
          sensitive
          answers {
            code
            text(locale: $locale)
            exclusive
          }
        }
      }
    }
  }
}
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
fragment NeedFields on Need {
  id
  label
  status
  wantsHelp
  sensitivity
  icd10cm
  identifiedAt
  confirmedAt
  resolvedAt
  note
  category {
    ...CategoryFields
  }
  evidence {
    question
    answer
  }
}
fragment ScreeningFields on Screening {
  id
  status
  language
  answeredBy
  startedAt
  completedAt
  version
  patient {
    id
    displayName
  }
  progress {
    answered
    declined
    notAsked
    remaining
  }
  answers {
    linkId
    codes
    number
    text
    absent
    absentText
  }
  scores {
    loinc
    name
    value
    words
    positive
    complete
  }
  needs {
    ...NeedFields
  }
}`, {"hash":"sha256:4e80384eba639e85037f993475f7c780a4ab322b933d60ecca1c111907fa69d6"}) as unknown as TypedDocumentString<ScreeningPageQuery, ScreeningPageQueryVariables>;
export const StartScreeningDocument = new TypedDocumentString(`
    mutation StartScreening($input: StartScreeningInput!) {
  startScreening(input: $input) {
    screening {
      id
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:e0ef7ad1d84aa6931d77d8b3d12071aa700b9fc0b40bbce084508dc79b622cd7"}) as unknown as TypedDocumentString<StartScreeningMutation, StartScreeningMutationVariables>;
export const AnswerScreeningDocument = new TypedDocumentString(`
    mutation AnswerScreening($input: AnswerScreeningInput!) {
  answerScreening(input: $input) {
    screening {
      id
      version
      progress {
        answered
        declined
        notAsked
        remaining
      }
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:ed76d90d0e3907822c3b228cbfd3164275ddeb6adbe51b366306d5ce2050d3e1"}) as unknown as TypedDocumentString<AnswerScreeningMutation, AnswerScreeningMutationVariables>;
export const CompleteScreeningDocument = new TypedDocumentString(`
    mutation CompleteScreening($input: CompleteScreeningInput!) {
  completeScreening(input: $input) {
    screening {
      id
      status
    }
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:61b8c8083567d0eb9d5b6c6e8367fb996d621d040b11d76ff99604738073523e"}) as unknown as TypedDocumentString<CompleteScreeningMutation, CompleteScreeningMutationVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerFields
  }
}
    fragment ViewerFields on Viewer {
  user {
    id
    name
    email
    locale
  }
  organization {
    id
    kind
    name
    timeZone
  }
  roles
  permissions
  memberships {
    id
    roles
    organization {
      id
      name
    }
  }
  secondFactor
  sessionExpiresAt
  idleSeconds
}`, {"hash":"sha256:5b0120d80e8dae07e9f7751003de7f271194ac69d77458fbbc85dcfbba0d72b4"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($input: SignOutInput) {
  signOut(input: $input) {
    signedOut
  }
}
    `, {"hash":"sha256:d4bb767a6365e6dfdc86f86cb61ff2e579d16ed14441776f30bb879ea738a51a"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const SwitchOrganizationDocument = new TypedDocumentString(`
    mutation SwitchOrganization($input: SwitchOrganizationInput!) {
  switchOrganization(input: $input) {
    step
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:cc913e1016b7688c1ad8421ede4db0ba5096625c4287a0612498c1deca337202"}) as unknown as TypedDocumentString<SwitchOrganizationMutation, SwitchOrganizationMutationVariables>;
export const SaveLocaleDocument = new TypedDocumentString(`
    mutation SaveLocale($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    user {
      id
      locale
    }
  }
}
    `, {"hash":"sha256:8986a7b4bda7b6c11917d2eb2351c9b8b7c293848f6704b8c9fbf40d168f44d9"}) as unknown as TypedDocumentString<SaveLocaleMutation, SaveLocaleMutationVariables>;
export const AgencyAlertsDocument = new TypedDocumentString(`
    query AgencyAlerts {
  inboxCounts {
    new
    overdue
  }
}
    `, {"hash":"sha256:c1e06e5746d772ec842877dc2bf56db8fbe1f1a5d05096c9769dce82a9f237a2"}) as unknown as TypedDocumentString<AgencyAlertsQuery, AgencyAlertsQueryVariables>;
export const CareAlertsDocument = new TypedDocumentString(`
    query CareAlerts {
  today {
    counts {
      overdueReferrals
      toConfirm
      declined
    }
  }
}
    `, {"hash":"sha256:6f683106d56280d8a2de85fa68ac1ff355679d529b498063e9f2e85e493c1ef7"}) as unknown as TypedDocumentString<CareAlertsQuery, CareAlertsQueryVariables>;
export const SignInOptionsDocument = new TypedDocumentString(`
    query SignInOptions {
  signInOptions {
    oidc
    oidcUrl
    demoAccounts {
      email
      password
      name
      role
      organization
    }
  }
}
    `, {"hash":"sha256:db8da34218e48dcfa6fc1bb9fa6b510fff4ae1a6ee50697c276a8197b519feb9"}) as unknown as TypedDocumentString<SignInOptionsQuery, SignInOptionsQueryVariables>;
export const SignInDocument = new TypedDocumentString(`
    mutation SignIn($input: SignInInput!) {
  signIn(input: $input) {
    step
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:2f926541a5cf768c4fdeaf62e9061077012a42e84c56a5bc29f41590889727ab"}) as unknown as TypedDocumentString<SignInMutation, SignInMutationVariables>;
export const ConfirmTotpDocument = new TypedDocumentString(`
    mutation ConfirmTotp($input: ConfirmTotpInput!) {
  confirmTotp(input: $input) {
    step
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:fb2ecdab66843f37226bf836e8b380181a06fa26b0a81f4315ef5d80687dbfea"}) as unknown as TypedDocumentString<ConfirmTotpMutation, ConfirmTotpMutationVariables>;
export const RequestPasswordResetDocument = new TypedDocumentString(`
    mutation RequestPasswordReset($input: RequestPasswordResetInput!) {
  requestPasswordReset(input: $input) {
    sent
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:f81e883c269519c9e023b692044761e8724ab27a51c5a43f593c1ad34840396c"}) as unknown as TypedDocumentString<RequestPasswordResetMutation, RequestPasswordResetMutationVariables>;
export const ResetPasswordDocument = new TypedDocumentString(`
    mutation ResetPassword($input: ResetPasswordInput!) {
  resetPassword(input: $input) {
    done
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:0bba36650e8ec6d94819cb7adf5085c7648efd298b611cf74763f863ebbd9c5c"}) as unknown as TypedDocumentString<ResetPasswordMutation, ResetPasswordMutationVariables>;
export const AcceptInvitationDocument = new TypedDocumentString(`
    mutation AcceptInvitation($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) {
    step
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:4c1f7b986b6d378f0732521197cdf14297e90b00b8a6ac166c51c3244b841ff5"}) as unknown as TypedDocumentString<AcceptInvitationMutation, AcceptInvitationMutationVariables>;