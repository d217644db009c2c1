import { registerEnumType } from 'type-graphql';

export const ConsentStatus = {
  ACTIVE: 'ACTIVE',
  REVOKED: 'REVOKED',
  EXPIRED: 'EXPIRED',
  ENTERED_IN_ERROR: 'ENTERED_IN_ERROR',
} as const;
export type ConsentStatus = keyof typeof ConsentStatus;
registerEnumType(ConsentStatus, {
  name: 'ConsentStatus',
  description: 'Where a consent stands.',
  valuesConfig: { EXPIRED: { description: 'Its last day has passed. Computed: nobody has to end it.' } },
});

export const Grantor = { PATIENT: 'PATIENT', PERSONAL_REPRESENTATIVE: 'PERSONAL_REPRESENTATIVE' } as const;
export type Grantor = keyof typeof Grantor;
registerEnumType(Grantor, { name: 'Grantor', description: 'Who agreed: the patient, or who may decide for them.' });

export const ConsentPurpose = { REFERRAL: 'REFERRAL', CARE_COORDINATION: 'CARE_COORDINATION' } as const;
export type ConsentPurpose = keyof typeof ConsentPurpose;
registerEnumType(ConsentPurpose, {
  name: 'ConsentPurpose',
  description: 'What the information may be used for.',
  valuesConfig: {
    REFERRAL: { description: 'To ask an agency for help and hear what became of it.' },
    CARE_COORDINATION: { description: 'To work together on the patient’s care, referrals included.' },
  },
});

export const ConsentMethod = { SIGNATURE: 'SIGNATURE', PAPER: 'PAPER', VERBAL_WITNESSED: 'VERBAL_WITNESSED' } as const;
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

/** The one class of recipients a consent may name instead of an organization. */
export const COMMUNITY_AGENCIES = 'COMMUNITY_AGENCIES';
