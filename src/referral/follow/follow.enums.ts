import { registerEnumType } from 'type-graphql';

/** How a referral came out of an older one. */
export const FollowHow = { REOPENED: 'REOPENED', TRANSFERRED: 'TRANSFERRED' } as const;
export type FollowHow = keyof typeof FollowHow;
registerEnumType(FollowHow, {
  name: 'FollowHow',
  description: 'How a referral came out of an older one.',
  valuesConfig: {
    REOPENED: { description: 'A new try at the same service, after one that had ended.' },
    TRANSFERRED: { description: 'Passed on from another service.' },
  },
});

/** What became of an agency’s proposal. */
export const TransferSettled = { SENT: 'SENT', LEFT: 'LEFT', REPLACED: 'REPLACED' } as const;
export type TransferSettled = keyof typeof TransferSettled;
registerEnumType(TransferSettled, {
  name: 'TransferSettled',
  description: 'What became of a proposal to pass a referral on.',
  valuesConfig: {
    SENT: { description: 'The sender sent it there.' },
    LEFT: { description: 'The sender decided otherwise.' },
    REPLACED: { description: 'The agency named another one since.' },
  },
});
