import { registerEnumType } from 'type-graphql';
import type { ContactWindow } from '../../caseload/index.js';

export const SelfWay = { EMAIL: 'EMAIL', TEXT: 'TEXT', CALL: 'CALL' } as const;
export type SelfWay = keyof typeof SelfWay;
registerEnumType(SelfWay, {
  name: 'SelfWay',
  description: 'The safe way to reach somebody who asks for themselves.',
  valuesConfig: {
    EMAIL: { description: 'An address, proved by a code.' },
    TEXT: { description: 'A mobile number, proved by a code.' },
    CALL: { description: 'A number that takes no texts. Nothing proves it: the agency calls, and is told so.' },
  },
});

export const SafeHours = {
  ANY: 'ANY',
  MORNINGS: 'MORNINGS',
  AFTERNOONS: 'AFTERNOONS',
  EVENINGS: 'EVENINGS',
  WEEKDAYS: 'WEEKDAYS',
} as const;
export type SafeHours = keyof typeof SafeHours;
registerEnumType(SafeHours, {
  name: 'SafeHours',
  description: 'When it is safe to reach somebody, where they are.',
  valuesConfig: {
    ANY: { description: 'By day, any day.' },
    MORNINGS: { description: '8 to 12.' },
    AFTERNOONS: { description: '12 to 17.' },
    EVENINGS: { description: '17 to 21.' },
    WEEKDAYS: { description: 'Monday to Friday, 9 to 17.' },
  },
});

const ALL: ContactWindow['days'] = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** The hours as letters obey them. */
export const WINDOWS: Record<SafeHours, ContactWindow[]> = {
  ANY: [{ days: ALL, from: '08:00', to: '21:00' }],
  MORNINGS: [{ days: ALL, from: '08:00', to: '12:00' }],
  AFTERNOONS: [{ days: ALL, from: '12:00', to: '17:00' }],
  EVENINGS: [{ days: ALL, from: '17:00', to: '21:00' }],
  WEEKDAYS: [{ days: ALL.slice(0, 5), from: '09:00', to: '17:00' }],
};
