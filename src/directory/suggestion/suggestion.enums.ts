import { registerEnumType } from 'type-graphql';
import { enumOf } from '../../platform/graphql/enum-of.js';

/** What people find wrong with a listing when they use it. */
export const ListingSignal = enumOf([
  'WRONG_NUMBER',
  'CLOSED',
  'NO_LONGER_OFFERED',
  'NO_ROOM',
  'WRONG_ELIGIBILITY',
  'WRONG_AREA',
  'OTHER',
]);
export type ListingSignal = keyof typeof ListingSignal;
registerEnumType(ListingSignal, {
  name: 'ListingSignal',
  description: 'What is wrong with a listing, by those who used it.',
  valuesConfig: {
    WRONG_NUMBER: { description: 'The phone number is wrong.' },
    CLOSED: { description: 'The place is closed.' },
    NO_LONGER_OFFERED: { description: 'This help is no longer offered.' },
    NO_ROOM: { description: 'There is no room, though the listing does not say so.' },
    WRONG_ELIGIBILITY: { description: 'It is for other people than the listing says.' },
    WRONG_AREA: { description: 'It serves another area than the listing says.' },
    OTHER: { description: 'Something else.' },
  },
});

export const SuggestionSource = enumOf(['PUBLIC', 'CARE', 'AGENCY', 'LINK', 'REFERRAL', 'CURATOR']);
export type SuggestionSource = keyof typeof SuggestionSource;
registerEnumType(SuggestionSource, {
  name: 'SuggestionSource',
  description: 'Where a suggestion came from first.',
  valuesConfig: {
    PUBLIC: { description: 'Anyone, from the page of the service.' },
    CARE: { description: 'Somebody who sends people there.' },
    AGENCY: { description: 'The agency itself, signed in.' },
    LINK: { description: 'The agency itself, by a letter’s link.' },
    REFERRAL: { description: 'A referral that was declined or failed.' },
    CURATOR: { description: 'A curator.' },
  },
});

export const SuggestionStatus = enumOf(['OPEN', 'ACCEPTED', 'REJECTED']);
export type SuggestionStatus = keyof typeof SuggestionStatus;
registerEnumType(SuggestionStatus, {
  name: 'SuggestionStatus',
  description: 'Where a suggestion stands.',
  valuesConfig: {
    OPEN: { description: 'A curator has to look at it.' },
    ACCEPTED: { description: 'The listing was changed by it, in whole or in part.' },
    REJECTED: { description: 'The listing was left as it was.' },
  },
});

/** Who said so, as it is counted. */
export type EvidenceSource = 'PUBLIC' | 'CARE' | 'AGENCY' | 'LINK' | 'DECLINED' | 'FAILED' | 'CURATOR';
