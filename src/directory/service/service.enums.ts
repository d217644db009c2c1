import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import type { Sensitivity as SensitivityClass } from '../../access/sensitivity.js';
import { WEEKDAYS, type Weekday as WeekdayCode } from '../calendar-day.js';

/** HSDS's statuses, as the database and the API write them. */
const STATUS = {
  ACTIVE: 'active',
  INACTIVE: 'inactive',
  DEFUNCT: 'defunct',
  TEMPORARILY_CLOSED: 'temporarily closed',
} as const;
export const ServiceStatus = enumOf(['ACTIVE', 'INACTIVE', 'DEFUNCT', 'TEMPORARILY_CLOSED']);
export type ServiceStatus = keyof typeof ServiceStatus;
/** A status as HSDS writes it. */
export type HsdsStatus = (typeof STATUS)[ServiceStatus];
registerEnumType(ServiceStatus, {
  name: 'ServiceStatus',
  description: 'Whether a service is offered (HSDS).',
  valuesConfig: {
    ACTIVE: { description: 'It is offered.' },
    INACTIVE: { description: 'It is not offered at the moment.' },
    DEFUNCT: { description: 'It has ended for good.' },
    TEMPORARILY_CLOSED: { description: 'It is closed for a while.' },
  },
});
export const toHsdsStatus = (status: ServiceStatus): HsdsStatus => STATUS[status];
export const fromHsdsStatus = (status: HsdsStatus): ServiceStatus =>
  status === 'temporarily closed' ? 'TEMPORARILY_CLOSED' : (status.toUpperCase() as ServiceStatus);

export const Sensitivity: { [K in SensitivityClass]: K } = {
  NONE: 'NONE',
  INTIMATE_PARTNER_VIOLENCE: 'INTIMATE_PARTNER_VIOLENCE',
  SUBSTANCE_USE: 'SUBSTANCE_USE',
  BEHAVIORAL_HEALTH: 'BEHAVIORAL_HEALTH',
  HIV: 'HIV',
  IMMIGRATION_LEGAL: 'IMMIGRATION_LEGAL',
};
export type Sensitivity = SensitivityClass;
registerEnumType(Sensitivity, {
  name: 'Sensitivity',
  description: 'Classes of information that a consent must name.',
});

export const CapacityStatus = enumOf(['CAPACITY', 'NO_CAPACITY', 'WAITLIST', 'ASSESSMENT_REQUIRED', 'UNKNOWN']);
export type CapacityStatus = keyof typeof CapacityStatus;
registerEnumType(CapacityStatus, {
  name: 'CapacityStatus',
  description: 'Whether there is room.',
  valuesConfig: {
    CAPACITY: { description: 'There is room.' },
    NO_CAPACITY: { description: 'It is full.' },
    WAITLIST: { description: 'There is a waiting list.' },
    ASSESSMENT_REQUIRED: { description: 'The agency has to look at each person first.' },
    UNKNOWN: { description: 'Nobody has said so lately.' },
  },
});

export const OpenNow = enumOf(['OPEN', 'CLOSED', 'UNKNOWN']);
export type OpenNow = keyof typeof OpenNow;
registerEnumType(OpenNow, {
  name: 'OpenNow',
  description: 'Whether a service is open; UNKNOWN when its hours are only prose.',
});

export const Weekday = Object.fromEntries(WEEKDAYS.map((day) => [day, day])) as { [K in WeekdayCode]: K };
export type Weekday = WeekdayCode;
registerEnumType(Weekday, { name: 'Weekday', description: 'A day of the week, as in RRULE.' });

export const FreshnessState = enumOf(['VERIFIED', 'DUE', 'OVERDUE', 'NEVER']);
export type FreshnessState = keyof typeof FreshnessState;
registerEnumType(FreshnessState, {
  name: 'FreshnessState',
  description: 'How lately a listing was confirmed.',
  valuesConfig: {
    VERIFIED: { description: 'Confirmed, and not yet due again.' },
    DUE: { description: 'To be confirmed again now.' },
    OVERDUE: { description: 'Long past the day it was to be confirmed.' },
    NEVER: { description: 'Never confirmed.' },
  },
});
