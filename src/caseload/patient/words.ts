import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';

export const Risk = enumOf(['LOW', 'RISING', 'HIGH']);
export type Risk = keyof typeof Risk;
registerEnumType(Risk, { name: 'Risk', description: 'How closely a patient is followed, as the care team decided.' });

export const PatientStatus = enumOf(['ACTIVE', 'INACTIVE', 'DECEASED']);
export type PatientStatus = keyof typeof PatientStatus;
registerEnumType(PatientStatus, {
  name: 'PatientStatus',
  description: 'Whether the care team still serves this patient.',
});

export const ContactMethod = enumOf(['PHONE', 'TEXT', 'EMAIL', 'MAIL', 'NONE']);
export type ContactMethod = keyof typeof ContactMethod;
registerEnumType(ContactMethod, {
  name: 'ContactMethod',
  description: 'How the patient wants to be reached.',
  valuesConfig: { NONE: { description: 'Do not contact: the patient comes by themselves.' } },
});

export const Authority = enumOf(['NONE', 'PERSONAL_REPRESENTATIVE', 'HEALTH_CARE_PROXY', 'GUARDIAN']);
export type Authority = keyof typeof Authority;
registerEnumType(Authority, {
  name: 'Authority',
  description: 'In which legal role someone may decide for the patient; NONE for family and friends without one.',
});

export const ProductLine = enumOf(['COMMERCIAL', 'MEDICAID', 'MEDICARE', 'EXCHANGE']);
export type ProductLine = keyof typeof ProductLine;
registerEnumType(ProductLine, {
  name: 'ProductLine',
  description: 'The kind of health plan, as quality measures count it.',
});

export const Restriction = enumOf(['STAFF', 'PUBLIC_FIGURE', 'SURVIVOR', 'ASKED']);
export type Restriction = keyof typeof Restriction;
registerEnumType(Restriction, {
  name: 'Restriction',
  description: 'Why a record is protected within its own organization.',
  valuesConfig: {
    STAFF: { description: 'The person works here, or is close to somebody who does.' },
    PUBLIC_FIGURE: { description: 'Many would be curious.' },
    SURVIVOR: { description: 'Somebody who may look would put the person in danger.' },
    ASKED: { description: 'The person asked for it (45 CFR 164.522).' },
  },
});
