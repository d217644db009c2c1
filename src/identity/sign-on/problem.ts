import { AuthorizationResponseError } from 'openid-client';
import { GraphQLError } from 'graphql';
import { Refusal } from '../../platform/graphql/refusal.js';

/** Why a sign-on did not come to its end; the sign-in page has the words: `/sign-in?problem=PROVIDER_DOWN`. */
export type Problem =
  | 'PROVIDER_DOWN'
  | 'CANCELLED'
  | 'SIGN_ON_FAILED'
  | 'START_OVER'
  | 'EMAIL_NOT_VERIFIED'
  | 'NO_ACCOUNT'
  | 'NO_ORGANIZATION'
  | 'RATE_LIMITED';

/** Stops a sign-on. */
export class SignOnProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem);
  }
}

/** What to tell the person about anything that went wrong. */
export function problemOf(error: unknown): Problem {
  if (error instanceof SignOnProblem) return error.problem;
  if (error instanceof GraphQLError && error.extensions['code'] === 'RATE_LIMITED') return 'RATE_LIMITED';
  if (error instanceof Refusal && error.code === 'NO_ORGANIZATION') return 'NO_ORGANIZATION';
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'CANCELLED' : 'SIGN_ON_FAILED';
  }
  return isUnreachable(error) ? 'PROVIDER_DOWN' : 'SIGN_ON_FAILED';
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code } = error as { code?: unknown };
  // fetch says TypeError for a refused connection; the others come from openid-client for silence or a page of errors.
  return (
    error instanceof TypeError ||
    code === 'OAUTH_TIMEOUT' ||
    code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ||
    code === 'OAUTH_RESPONSE_IS_NOT_JSON'
  );
}
