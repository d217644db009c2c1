/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
export type OrganizationKind =
  | 'AGENCY'
  | 'CARE'
  | 'PLAN'
  | 'STEWARD';

export type ReferralStatus =
  | 'ACCEPTED'
  | 'CANCELLED'
  | 'COMPLETED'
  | 'DRAFT'
  | 'ENTERED_IN_ERROR'
  | 'FAILED'
  | 'IN_PROGRESS'
  | 'ON_HOLD'
  | 'REJECTED'
  | 'REQUESTED';

export type Role =
  | 'AGENCY_ADMIN'
  | 'AGENCY_STAFF'
  | 'CARE_MANAGER'
  | 'CARE_SUPERVISOR'
  | 'CURATOR'
  | 'OPERATOR'
  | 'PLAN_ANALYST'
  | 'PRIVACY_OFFICER';

export type Sensitivity =
  | 'BEHAVIORAL_HEALTH'
  | 'HIV'
  | 'IMMIGRATION_LEGAL'
  | 'INTIMATE_PARTNER_VIOLENCE'
  | 'NONE'
  | 'SUBSTANCE_USE';

export type SignInStep =
  | 'SIGNED_IN'
  | 'TOTP_REQUIRED';

export type SignOutInput = {
  everywhere?: boolean | null | undefined;
};

export type SwitchOrganizationInput = {
  membershipId: string;
};

export type UpdateProfileInput = {
  locale?: string | null | undefined;
  name?: string | null | undefined;
};

export type InboxChangedSubscriptionVariables = Exact<{ [key: string]: never; }>;


export type InboxChangedSubscription = { inboxChanged: { referral: { id: string, status: ReferralStatus, version: number } | null } };

export type ReferralChangedSubscriptionVariables = Exact<{
  id?: string | null | undefined;
}>;


export type ReferralChangedSubscription = { referralChanged: { referral: { id: string, status: ReferralStatus, version: number } | null } };

export type PageFieldsFragment = { hasNextPage: boolean, endCursor: string | null };

export type RefusalsFragment = { code: string, message: string, field: string | null };

export type CategoryFieldsFragment = { code: string, label: string, sensitivity: Sensitivity };

export type ViewerQueryVariables = Exact<{ [key: string]: never; }>;


export type ViewerQuery = { viewer: { roles: Array<Role>, permissions: Array<string>, secondFactor: boolean, sessionExpiresAt: string, idleSeconds: number, user: { id: string, name: string, email: string, locale: string }, organization: { id: string, kind: OrganizationKind, name: string, timeZone: string }, memberships: Array<{ id: string, roles: Array<Role>, organization: { id: string, name: string } }> } | null };

export type ViewerFieldsFragment = { roles: Array<Role>, permissions: Array<string>, secondFactor: boolean, sessionExpiresAt: string, idleSeconds: number, user: { id: string, name: string, email: string, locale: string }, organization: { id: string, kind: OrganizationKind, name: string, timeZone: string }, memberships: Array<{ id: string, roles: Array<Role>, organization: { id: string, name: string } }> };

export type SignOutMutationVariables = Exact<{
  input?: SignOutInput | null | undefined;
}>;


export type SignOutMutation = { signOut: { signedOut: boolean | null } };

export type SwitchOrganizationMutationVariables = Exact<{
  input: SwitchOrganizationInput;
}>;


export type SwitchOrganizationMutation = { switchOrganization: { step: SignInStep | null, userErrors: Array<{ code: string, message: string, field: string | null }> } };

export type SaveLocaleMutationVariables = Exact<{
  input: UpdateProfileInput;
}>;


export type SaveLocaleMutation = { updateProfile: { user: { id: string, locale: string } | null } };

export type AgencyAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type AgencyAlertsQuery = { inboxCounts: { new: number, overdue: number } };

export type CareAlertsQueryVariables = Exact<{ [key: string]: never; }>;


export type CareAlertsQuery = { today: { counts: { overdueReferrals: number, toConfirm: number, declined: number } } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const PageFieldsFragmentDoc = new TypedDocumentString(`
    fragment PageFields on PageInfo {
  hasNextPage
  endCursor
}
    `, {"fragmentName":"PageFields"}) as unknown as TypedDocumentString<PageFieldsFragment, unknown>;
export const RefusalsFragmentDoc = new TypedDocumentString(`
    fragment Refusals on UserError {
  code
  message
  field
}
    `, {"fragmentName":"Refusals"}) as unknown as TypedDocumentString<RefusalsFragment, unknown>;
export const CategoryFieldsFragmentDoc = new TypedDocumentString(`
    fragment CategoryFields on SdohCategory {
  code
  label
  sensitivity
}
    `, {"fragmentName":"CategoryFields"}) as unknown as TypedDocumentString<CategoryFieldsFragment, unknown>;
export const ViewerFieldsFragmentDoc = new TypedDocumentString(`
    fragment ViewerFields on Viewer {
  user {
    id
    name
    email
    locale
  }
  organization {
    id
    kind
    name
    timeZone
  }
  roles
  permissions
  memberships {
    id
    roles
    organization {
      id
      name
    }
  }
  secondFactor
  sessionExpiresAt
  idleSeconds
}
    `, {"fragmentName":"ViewerFields"}) as unknown as TypedDocumentString<ViewerFieldsFragment, unknown>;
export const InboxChangedDocument = new TypedDocumentString(`
    subscription InboxChanged {
  inboxChanged {
    referral {
      id
      status
      version
    }
  }
}
    `, {"hash":"sha256:1dd192c96de0199b316ef3b3aa35de76f74ce32227cc23b9c908fea6672bdc24"}) as unknown as TypedDocumentString<InboxChangedSubscription, InboxChangedSubscriptionVariables>;
export const ReferralChangedDocument = new TypedDocumentString(`
    subscription ReferralChanged($id: ID) {
  referralChanged(id: $id) {
    referral {
      id
      status
      version
    }
  }
}
    `, {"hash":"sha256:b12179c6b31d206125083d44289923d4009ec13026c3cabab8d1e38fed12da19"}) as unknown as TypedDocumentString<ReferralChangedSubscription, ReferralChangedSubscriptionVariables>;
export const ViewerDocument = new TypedDocumentString(`
    query Viewer {
  viewer {
    ...ViewerFields
  }
}
    fragment ViewerFields on Viewer {
  user {
    id
    name
    email
    locale
  }
  organization {
    id
    kind
    name
    timeZone
  }
  roles
  permissions
  memberships {
    id
    roles
    organization {
      id
      name
    }
  }
  secondFactor
  sessionExpiresAt
  idleSeconds
}`, {"hash":"sha256:5b0120d80e8dae07e9f7751003de7f271194ac69d77458fbbc85dcfbba0d72b4"}) as unknown as TypedDocumentString<ViewerQuery, ViewerQueryVariables>;
export const SignOutDocument = new TypedDocumentString(`
    mutation SignOut($input: SignOutInput) {
  signOut(input: $input) {
    signedOut
  }
}
    `, {"hash":"sha256:d4bb767a6365e6dfdc86f86cb61ff2e579d16ed14441776f30bb879ea738a51a"}) as unknown as TypedDocumentString<SignOutMutation, SignOutMutationVariables>;
export const SwitchOrganizationDocument = new TypedDocumentString(`
    mutation SwitchOrganization($input: SwitchOrganizationInput!) {
  switchOrganization(input: $input) {
    step
    userErrors {
      ...Refusals
    }
  }
}
    fragment Refusals on UserError {
  code
  message
  field
}`, {"hash":"sha256:cc913e1016b7688c1ad8421ede4db0ba5096625c4287a0612498c1deca337202"}) as unknown as TypedDocumentString<SwitchOrganizationMutation, SwitchOrganizationMutationVariables>;
export const SaveLocaleDocument = new TypedDocumentString(`
    mutation SaveLocale($input: UpdateProfileInput!) {
  updateProfile(input: $input) {
    user {
      id
      locale
    }
  }
}
    `, {"hash":"sha256:8986a7b4bda7b6c11917d2eb2351c9b8b7c293848f6704b8c9fbf40d168f44d9"}) as unknown as TypedDocumentString<SaveLocaleMutation, SaveLocaleMutationVariables>;
export const AgencyAlertsDocument = new TypedDocumentString(`
    query AgencyAlerts {
  inboxCounts {
    new
    overdue
  }
}
    `, {"hash":"sha256:c1e06e5746d772ec842877dc2bf56db8fbe1f1a5d05096c9769dce82a9f237a2"}) as unknown as TypedDocumentString<AgencyAlertsQuery, AgencyAlertsQueryVariables>;
export const CareAlertsDocument = new TypedDocumentString(`
    query CareAlerts {
  today {
    counts {
      overdueReferrals
      toConfirm
      declined
    }
  }
}
    `, {"hash":"sha256:6f683106d56280d8a2de85fa68ac1ff355679d529b498063e9f2e85e493c1ef7"}) as unknown as TypedDocumentString<CareAlertsQuery, CareAlertsQueryVariables>;