import { registerEnumType } from 'type-graphql';

export const EmergencyReason = {
  MEDICAL_EMERGENCY: 'MEDICAL_EMERGENCY',
  DANGER: 'DANGER',
  HELP_TODAY: 'HELP_TODAY',
} as const;
export type EmergencyReason = keyof typeof EmergencyReason;
registerEnumType(EmergencyReason, {
  name: 'EmergencyReason',
  description: 'Why somebody outside the care team opens a protected record.',
  valuesConfig: {
    MEDICAL_EMERGENCY: { description: 'A medical emergency; with its nature, substance use records open too (42 CFR 2.51).' },
    DANGER: { description: 'Somebody is in danger now.' },
    HELP_TODAY: { description: 'The person needs help today, and nobody of the care team can be reached.' },
  },
}); // prettier-ignore

export const EmergencyVerdict = { OK: 'OK', FOLLOW_UP: 'FOLLOW_UP' } as const;
export type EmergencyVerdict = keyof typeof EmergencyVerdict;
registerEnumType(EmergencyVerdict, {
  name: 'EmergencyVerdict',
  description: 'What a privacy officer found.',
  valuesConfig: {
    OK: { description: 'The reason holds.' },
    FOLLOW_UP: { description: 'Somebody has to answer for it.' },
  },
});
