import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';
import { OFF_PLATFORM_STATUSES } from './machine.js';

export const OffPlatformStatus = enumOf(OFF_PLATFORM_STATUSES);
registerEnumType(OffPlatformStatus, {
  name: 'OffPlatformStatus',
  description: 'How help stands that was asked for outside the hub.',
  valuesConfig: {
    ASKED: { description: 'Asked for; no answer yet, or they call back.' },
    ACCEPTED: { description: 'They will help.' },
    WAITLIST: { description: 'On their waiting list.' },
    DECLINED: { description: 'They cannot help.' },
    HELPED: { description: 'Help was given, as the care team heard.' },
    NOT_HELPED: { description: 'It came to nothing after all.' },
  },
});

export const AskedHow = enumOf(['PHONE', 'IN_PERSON', 'EMAIL', 'FAX', 'WEBSITE', 'PERSON_ASKS']);
export type AskedHow = keyof typeof AskedHow;
registerEnumType(AskedHow, {
  name: 'AskedHow',
  description: 'How help was asked for outside the hub.',
  valuesConfig: { PERSON_ASKS: { description: 'The patient asks for it themselves, with what they were given.' } },
});

export const ToldAgency = enumOf(['NOTHING', 'WITH_CONSENT', 'PERSON_SPOKE']);
export type ToldAgency = keyof typeof ToldAgency;
registerEnumType(ToldAgency, {
  name: 'ToldAgency',
  description: 'What the agency was told about the person.',
  valuesConfig: {
    NOTHING: { description: 'Nothing by which the person could be known.' },
    WITH_CONSENT: { description: 'Who they are and what they need, on a consent that covers it.' },
    PERSON_SPOKE: { description: 'The person was there or on the line, and spoke for themselves.' },
  },
});
