import './consent/consent.policy.js';
import './patient/patient.policy.js';
import type { Feature } from '../platform/feature.js';
import { AccessLogResolver } from './access-log/access-log.resolver.js';
import { Consent } from './consent/consent.entity.js';
import { ConsentResolver, PatientConsents, TodayConsents } from './consent/consent.resolver.js';
import { CaregiverResolver, PatientCaresFor } from './caregiver/caregiver.resolver.js';
import { EmergencyAccess } from './emergency/emergency.entity.js';
import { EmergencyResolver, PatientProtection } from './emergency/emergency.resolver.js';
import { tellOfficers } from './emergency/tell-officers.task.js';
import { Assignment, Coverage, RelatedPerson } from './patient/around.entity.js';
import { Patient } from './patient/patient.entity.js';
import { CoverageResolver, PatientResolver, PatientSummaryResolver } from './patient/patient.resolver.js';
import { CareTeamPhoneResolver } from './page/care-team-phone.resolver.js';
import { HelpLink } from './page/help-link.entity.js';
import { HelpLinkResolver, PatientLetterResolver, PatientLinks, TodayLetters } from './page/help-link.resolver.js';
import { MyHelpResolver } from './page/my-help.resolver.js';
import { paper } from './paper/parts.js';
import { consentsEndLetter, consentsEndSoon, papersCame, papersLetter } from './team-letters/team-letters.tasks.js';
import { on } from '../platform/events.js';
import { PatientLetter } from './reach/patient-letter.entity.js';
import { sendPatientLetter } from './reach/send-letter.task.js';
import { TodayResolver } from './today/today.resolver.js';
import { CASELOAD_SPANISH } from './spanish.js';

export { categoriesOf } from './categories.js';
export { Consent } from './consent/consent.entity.js';
export { consentById } from './consent/consent.loaders.js';
export { RevokeConsentPayload } from './consent/consent.resolver.js';
export { consentsOf, findCoveringConsent, type CoverageAnswer } from './consent/covering-consent.js';
export { windowsIn, windowsWords } from './reach/window-words.js';
export type { ContactWindow } from './reach/contact-windows.js';
export { PART2_NOTICE } from './consent/part2.js';
export { dayWords, statementOf } from './consent/statement.js';
export { patientsInNeed } from './patient/count-in-need.js';
export { helpLinkUrl, makeHelpLink } from './page/make-help-link.js';
export { mayReach, type Way } from './reach/may-reach.js';
export { rulesOf } from './reach/rules-of.js';
export { factsOfPatient } from './patient/facts.js';
export { RelatedPerson } from './patient/around.entity.js';
export { Patient } from './patient/patient.entity.js';
export { patientById, relatedPersonById } from './patient/patient.loaders.js';
export { ownedBy } from './patient/patient.policy.js';
export { dayOf, personOf, yearsBetween } from './patient/scope.js';
export { PatientSummary } from './patient/summary.js';
export { HELP_LINK_PURPOSE } from './page/make-help-link.js';
export { MyHelp } from './page/my-help.types.js';
export { auditPage, readerOf } from './page/reader.js';
export { stopSharing } from './page/stop-sharing.js';
export { PatientLetter } from './reach/patient-letter.entity.js';
export { defineLetter, writeLetter } from './reach/write-letter.js';
export { tellPaper } from './paper/my-sent-papers.js';
export { paperForUpdate, PersonPaper } from './paper/person-paper.js';
export { PersonFields } from './patient/person-fields.js';
export { Problems } from './problems.js';
export { recordAccess } from './record-access.js';
export { shortListPage } from './short-list.js';
export { OPEN_NEED } from './tables.js';
export { Today, TodayCounts } from './today/today.js';

declare module '../platform/events.js' {
  interface Events {
    'patient.registered': { patientId: string };
    'patient.changed': { patientId: string };
    /** It was said that somebody has died, or that this was a mistake. */
    'patient.died': { patientId: string };
    /** Papers came from a person's own page. */
    'paper.sent': { patientId: string };
    'consent.recorded': { consentId: string; patientId: string };
    /** Revoked, by whomever, or its event has happened. */
    'consent.ended': { consentId: string; patientId: string };
  }
}

/** Whom we serve: patients, the people around them, who looks after them, and what they agreed to share. */
export const caseload: Feature = {
  name: 'caseload',
  spanish: CASELOAD_SPANISH,
  entities: [Patient, RelatedPerson, Assignment, Coverage, Consent, HelpLink, PatientLetter, EmergencyAccess],
  resolvers: [
    PatientResolver,
    PatientSummaryResolver,
    CoverageResolver,
    PatientConsents,
    ConsentResolver,
    TodayConsents,
    TodayResolver,
    AccessLogResolver,
    MyHelpResolver,
    CareTeamPhoneResolver,
    HelpLinkResolver,
    PatientLetterResolver,
    PatientLinks,
    TodayLetters,
    EmergencyResolver,
    PatientProtection,
    CaregiverResolver,
    PatientCaresFor,
    ...paper.resolvers,
  ],
  tasks: [sendPatientLetter, tellOfficers, consentsEndSoon, consentsEndLetter, papersCame, papersLetter],
  crons: [{ task: consentsEndSoon, match: '57 8 * * *' }],
  subscriptions: [on('paper.sent', papersCame)],
};
