import type { HubContext } from '../../access/index.js';
import { refuse } from '../../platform/graphql/refusal.js';
import type { Account } from '../account/account.js';
import { demandPassword, noteRefusal } from '../account/present-password.js';
import { beforeCode, forgetFailures } from '../sign-in/attempts.js';
import { takeCode } from './take-code.js';

const action = 'account.second-factor';

/** What shows that it is the owner who changes the second factor, and not whoever sits at their open page. */
export interface BothProofs {
  password: string;
  /** A code of the app that is set up, or a recovery code: for the day the phone is gone. */
  code: string;
}

/** Asks for password and code. The code is used up, right or not the rest. Both are counted as at a sign-in. */
export async function proveBoth(ctx: HubContext, account: Account, { password, code }: BothProofs): Promise<void> {
  await demandPassword(ctx, account, password, { action, field: 'password' });
  await beforeCode(ctx, account.id);
  if (!(await takeCode(ctx, account, code))) {
    await noteRefusal(ctx, action, 'code');
    return refuse('WRONG_CODE', 'This code is not right, or it was used already. Wait for the next one.', 'code');
  }
  await forgetFailures(ctx, account.id, account.email);
}
