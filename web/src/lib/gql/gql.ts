/* eslint-disable */
import * as types from './graphql';



/**
 * Map of all GraphQL operations in the project.
 *
 * This map has several performance disadvantages:
 * 1. It is not tree-shakeable, so it will include all operations in the project.
 * 2. It is not minifiable, so the string of a GraphQL query will be multiple times inside the bundle.
 * 3. It does not support dead code elimination, so it will add unused operations.
 *
 * Therefore it is highly recommended to use the babel or swc plugin for production.
 * Learn more about it here: https://the-guild.dev/graphql/codegen/plugins/presets/preset-client#reducing-bundle-size
 */
type Documents = {
    "subscription InboxChanged {\n  inboxChanged {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}\n\nsubscription ReferralChanged($id: ID) {\n  referralChanged(id: $id) {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}": typeof types.InboxChangedDocument,
    "fragment PageFields on PageInfo {\n  hasNextPage\n  endCursor\n}\n\nfragment Refusals on UserError {\n  code\n  message\n  field\n}\n\nfragment CategoryFields on SdohCategory {\n  code\n  label\n  sensitivity\n}": typeof types.PageFieldsFragmentDoc,
    "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}\n\nfragment ViewerFields on Viewer {\n  user {\n    id\n    name\n    email\n    locale\n  }\n  organization {\n    id\n    kind\n    name\n    timeZone\n  }\n  roles\n  permissions\n  memberships {\n    id\n    roles\n    organization {\n      id\n      name\n    }\n  }\n  secondFactor\n  sessionExpiresAt\n  idleSeconds\n}\n\nmutation SignOut($input: SignOutInput) {\n  signOut(input: $input) {\n    signedOut\n  }\n}\n\nmutation SwitchOrganization($input: SwitchOrganizationInput!) {\n  switchOrganization(input: $input) {\n    step\n    userErrors {\n      ...Refusals\n    }\n  }\n}\n\nmutation SaveLocale($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      locale\n    }\n  }\n}\n\nquery AgencyAlerts {\n  inboxCounts {\n    new\n    overdue\n  }\n}\n\nquery CareAlerts {\n  today {\n    counts {\n      overdueReferrals\n      toConfirm\n      declined\n    }\n  }\n}": typeof types.ViewerDocument,
};
const documents: Documents = {
    "subscription InboxChanged {\n  inboxChanged {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}\n\nsubscription ReferralChanged($id: ID) {\n  referralChanged(id: $id) {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}": types.InboxChangedDocument,
    "fragment PageFields on PageInfo {\n  hasNextPage\n  endCursor\n}\n\nfragment Refusals on UserError {\n  code\n  message\n  field\n}\n\nfragment CategoryFields on SdohCategory {\n  code\n  label\n  sensitivity\n}": types.PageFieldsFragmentDoc,
    "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}\n\nfragment ViewerFields on Viewer {\n  user {\n    id\n    name\n    email\n    locale\n  }\n  organization {\n    id\n    kind\n    name\n    timeZone\n  }\n  roles\n  permissions\n  memberships {\n    id\n    roles\n    organization {\n      id\n      name\n    }\n  }\n  secondFactor\n  sessionExpiresAt\n  idleSeconds\n}\n\nmutation SignOut($input: SignOutInput) {\n  signOut(input: $input) {\n    signedOut\n  }\n}\n\nmutation SwitchOrganization($input: SwitchOrganizationInput!) {\n  switchOrganization(input: $input) {\n    step\n    userErrors {\n      ...Refusals\n    }\n  }\n}\n\nmutation SaveLocale($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      locale\n    }\n  }\n}\n\nquery AgencyAlerts {\n  inboxCounts {\n    new\n    overdue\n  }\n}\n\nquery CareAlerts {\n  today {\n    counts {\n      overdueReferrals\n      toConfirm\n      declined\n    }\n  }\n}": types.ViewerDocument,
};

/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "subscription InboxChanged {\n  inboxChanged {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}\n\nsubscription ReferralChanged($id: ID) {\n  referralChanged(id: $id) {\n    referral {\n      id\n      status\n      version\n    }\n  }\n}"): typeof import('./graphql').InboxChangedDocument;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "fragment PageFields on PageInfo {\n  hasNextPage\n  endCursor\n}\n\nfragment Refusals on UserError {\n  code\n  message\n  field\n}\n\nfragment CategoryFields on SdohCategory {\n  code\n  label\n  sensitivity\n}"): typeof import('./graphql').PageFieldsFragmentDoc;
/**
 * The graphql function is used to parse GraphQL queries into a document that can be used by GraphQL clients.
 */
export function graphql(source: "query Viewer {\n  viewer {\n    ...ViewerFields\n  }\n}\n\nfragment ViewerFields on Viewer {\n  user {\n    id\n    name\n    email\n    locale\n  }\n  organization {\n    id\n    kind\n    name\n    timeZone\n  }\n  roles\n  permissions\n  memberships {\n    id\n    roles\n    organization {\n      id\n      name\n    }\n  }\n  secondFactor\n  sessionExpiresAt\n  idleSeconds\n}\n\nmutation SignOut($input: SignOutInput) {\n  signOut(input: $input) {\n    signedOut\n  }\n}\n\nmutation SwitchOrganization($input: SwitchOrganizationInput!) {\n  switchOrganization(input: $input) {\n    step\n    userErrors {\n      ...Refusals\n    }\n  }\n}\n\nmutation SaveLocale($input: UpdateProfileInput!) {\n  updateProfile(input: $input) {\n    user {\n      id\n      locale\n    }\n  }\n}\n\nquery AgencyAlerts {\n  inboxCounts {\n    new\n    overdue\n  }\n}\n\nquery CareAlerts {\n  today {\n    counts {\n      overdueReferrals\n      toConfirm\n      declined\n    }\n  }\n}"): typeof import('./graphql').ViewerDocument;


export function graphql(source: string) {
  return (documents as any)[source] ?? {};
}
