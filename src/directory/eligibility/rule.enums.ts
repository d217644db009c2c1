import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { RULE_KINDS, type Rule } from './rules.js';

export type EligibilityKind = Rule['kind'];
export const EligibilityKind = enumOf(RULE_KINDS);
registerEnumType(EligibilityKind, {
  name: 'EligibilityKind',
  description: 'What a rule of who a service is for is about.',
  valuesConfig: {
    AGE: { description: 'Years: `minimum`, `maximum` or both, both included.' },
    INCOME: {
      description: 'Yearly household income: at most `percent` of the federal poverty guideline, or `annualCents`.',
    },
    RESIDENCE: { description: 'Lives in one of the `places`.' },
    LANGUAGE: { description: 'Speaks one of the `values`, ISO 639 codes.' },
    INSURANCE: {
      description: 'Has one of the `values`: UNINSURED, MEDICAID, MEDICARE, CHIP, COMMERCIAL, EXCHANGE, VA or OTHER.',
    },
    GENDER: { description: 'Is one of the `values`, such as FEMALE.' },
    DOCUMENTS: { description: 'Can bring all of the `values`.' },
    HOUSEHOLD: { description: 'People in the household: `minimum`, `maximum` or both.' },
    CHILD_UNDER: { description: 'Has a child younger than `maximum` years.' },
    EVERYONE: { description: 'Open to all.' },
    ANY_OF: { description: 'One of the `rules` is enough.' },
    VETERAN: { description: 'Served in the military.' },
    DISABILITY: { description: 'Has a disability.' },
    CAREGIVER: { description: 'Cares for someone.' },
    HOMELESS: { description: 'Has no home.' },
    PREGNANT: { description: 'Is pregnant.' },
    STUDENT: { description: 'Is a student.' },
    REFUGEE: { description: 'Is a refugee.' },
    JUSTICE_INVOLVED: { description: 'Was in jail or prison.' },
  },
});
