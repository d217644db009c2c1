import { load as ask } from '#lib/api/index';
import { FollowUpsDocument } from '#lib/gql/graphql';
import { localDay } from '#lib/i18n/index';
import { session } from '#lib/session/session.svelte';

export const load = async ({ parent, url }) => {
  await parent();
  const show = url.searchParams.get('show') === 'all' ? 'all' : 'due';
  const filter = { mine: !session.can('patient.assign'), dueBy: show === 'due' ? localDay(new Date()) : undefined };
  return { ...(await ask(FollowUpsDocument, { filter, after: undefined })), filter, show };
};
