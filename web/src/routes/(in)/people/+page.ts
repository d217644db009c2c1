import { load as ask } from '#lib/api/index';
import { ApiKeysDocument, CareTeamPhoneDocument, InvitationsDocument, MembersDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent }) => {
  await parent();
  const [{ members }, { invitations }, keys, team] = await Promise.all([
    ask(MembersDocument, {}),
    ask(InvitationsDocument, {}),
    session.can('apikey.manage') ? ask(ApiKeysDocument, {}) : null,
    session.can('patient.read') && session.can('organization.manage') ? ask(CareTeamPhoneDocument, {}) : null,
  ]);
  return { members, invitations, apiKeys: keys?.apiKeys ?? null, team };
};
