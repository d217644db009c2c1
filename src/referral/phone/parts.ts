import { PhoneAnswer } from './phone-answer.entity.js';
import { PhoneAnswerResolver } from './phone-answer.resolver.js';

/** What agencies say by phone of referrals that they were sent. */
export const phone = { entities: [PhoneAnswer], resolvers: [PhoneAnswerResolver] };
