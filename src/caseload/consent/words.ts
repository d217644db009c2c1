import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';

export const ConsentStatus = enumOf(['ACTIVE', 'REVOKED', 'EXPIRED', 'ENTERED_IN_ERROR']);
export type ConsentStatus = keyof typeof ConsentStatus;
registerEnumType(ConsentStatus, {
  name: 'ConsentStatus',
  description: 'Where a consent stands.',
  valuesConfig: { EXPIRED: { description: 'Its last day has passed. Computed: nobody has to end it.' } },
});

export const Grantor = enumOf(['PATIENT', 'PERSONAL_REPRESENTATIVE']);
export type Grantor = keyof typeof Grantor;
registerEnumType(Grantor, { name: 'Grantor', description: 'Who agreed: the patient, or who may decide for them.' });

export const ConsentKind = enumOf(['AGENCY', 'FAMILY', 'SUBSTANCE_USE', 'SCREENING']);
export type ConsentKind = keyof typeof ConsentKind;
registerEnumType(ConsentKind, {
  name: 'ConsentKind',
  description: 'What kind of agreement it is.',
  valuesConfig: {
    AGENCY: { description: 'To share with an agency or another care team.' },
    FAMILY: { description: 'To let someone around the patient, such as a daughter, see some of it.' },
    SUBSTANCE_USE: { description: 'To share records of substance use treatment (42 CFR 2.31).' },
    SCREENING: { description: 'To be asked about social needs at all.' },
  },
});

export const ConsentPurpose = enumOf(['REFERRAL', 'CARE_COORDINATION', 'FAMILY_INVOLVEMENT', 'SCREENING']);
export type ConsentPurpose = keyof typeof ConsentPurpose;
registerEnumType(ConsentPurpose, {
  name: 'ConsentPurpose',
  description: 'What the information may be used for.',
  valuesConfig: {
    REFERRAL: { description: 'To ask an agency for help and hear what became of it.' },
    CARE_COORDINATION: { description: 'To work together on the patient’s care, referrals included.' },
    FAMILY_INVOLVEMENT: { description: 'To let someone around the patient help with it.' },
    SCREENING: { description: 'To ask about social needs and keep the answers.' },
  },
});

export const ConsentMethod = enumOf(['SIGNATURE', 'PAPER', 'VERBAL_WITNESSED']);
export type ConsentMethod = keyof typeof ConsentMethod;
registerEnumType(ConsentMethod, {
  name: 'ConsentMethod',
  description: 'How the consent was given.',
  valuesConfig: {
    SIGNATURE: { description: 'Signed electronically.' },
    PAPER: { description: 'Signed on paper that is kept.' },
    VERBAL_WITNESSED: { description: 'Said aloud before a witness, who is named.' },
  },
});

/** Classes of recipients that a consent may name instead of one organization, by the kind of organization. */
export const GRANTEE_CLASSES = { AGENCY: 'COMMUNITY_AGENCIES', CARE: 'CARE_PROVIDERS' } as const;
export type GranteeClass = (typeof GRANTEE_CLASSES)[keyof typeof GRANTEE_CLASSES];

/** The class an organization of this kind belongs to; null for those that no class includes, such as health plans. */
export const classOf = (kind: string): GranteeClass | null =>
  kind === 'AGENCY' || kind === 'CARE' ? GRANTEE_CLASSES[kind] : null;
