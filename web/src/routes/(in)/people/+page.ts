import { load as ask } from '#lib/api/index';
import { ApiKeysDocument, InvitationsDocument, MembersDocument } from '#lib/gql/graphql';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent }) => {
  await parent();
  const [{ members }, { invitations }, keys] = await Promise.all([
    ask(MembersDocument, {}),
    ask(InvitationsDocument, {}),
    session.can('apikey.manage') ? ask(ApiKeysDocument, {}) : null,
  ]);
  return { members, invitations, apiKeys: keys?.apiKeys ?? null };
};
