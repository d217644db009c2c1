// The pages: what each server is asked, and what its answer says in the words of the yardstick.
import { inbox } from './scenarios/inbox.mjs';
import { population } from './scenarios/population.mjs';
import { referral } from './scenarios/referral.mjs';
import { search } from './scenarios/search.mjs';
import { send } from './scenarios/send.mjs';

export { inbox };
export { link } from './scenarios/link.mjs';
export const scenarios = [inbox, referral, search, send, population];
