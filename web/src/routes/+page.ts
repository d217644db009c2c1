import { redirect } from '@sveltejs/kit';
import { startPage } from '#lib/frame/rail';

export const load = async ({ parent }) => {
  await parent();
  redirect(307, startPage());
};
