import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { LANGUAGES, type Language } from '../../platform/words.js';
import { personOf } from '../session/person.js';
import { User } from './user.entity.js';

/** Changes what is given of one's own name and language; the rest stays. */
export async function updateProfile(
  ctx: HubContext,
  { name, locale }: { name?: string | null | undefined; locale?: string | null | undefined },
): Promise<User> {
  const { userId } = personOf(ctx);
  const em = await ctx.db.em();
  const user = await em.findOne(User, userId);
  if (!user) return fail.notFound('User');
  if (name !== undefined && name !== null) user.name = nameOf(name);
  if (locale !== undefined && locale !== null) {
    if (!LANGUAGES.includes(locale as Language)) {
      return refuse('UNKNOWN_LANGUAGE', 'The hub speaks English and Spanish.', 'locale');
    }
    user.locale = locale;
  }
  user.updatedAt = ctx.clock.now();
  return user;
}

/** A person's name as it is kept: 1 to 200 letters, without spaces around it. */
export function nameOf(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ');
  if (name === '' || name.length > 200) {
    return refuse('NAME_LENGTH', 'Write your name, with at most 200 letters.', 'name');
  }
  return name;
}
