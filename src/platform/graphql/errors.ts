import { GraphQLError } from 'graphql';

/** The only codes the API ever throws. Business reasons are no errors: see refusal.ts. */
export const FAILURE_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'BUSY',
  'INTERNAL',
] as const;
export type FailureCode = (typeof FAILURE_CODES)[number];

/** One field of the input and what is expected of it; never the value that was sent. */
export interface FieldProblem {
  field: string;
  message: string;
}

export function failure(code: FailureCode, message: string, extensions: Record<string, unknown> = {}): GraphQLError {
  return new GraphQLError(message, { extensions: { ...extensions, code } });
}

export function badInput(problems: readonly FieldProblem[]): GraphQLError {
  const text = problems.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  return failure('BAD_USER_INPUT', text, { fields: problems });
}

/** There is more to do than can be done in time. What was asked for was not begun. */
export const BUSY_WORDS = 'Very many people are using the hub right now. Try again in a moment.';

interface Fail {
  unauthenticated(message?: string): never;
  forbidden(message?: string): never;
  /** `what` is the kind of thing, such as `Patient`; never its id or name. */
  notFound(what?: string): never;
  badInput(field: string, message: string): never;
  conflict(message?: string): never;
  rateLimited(message?: string): never;
}

/** Each throws: `throw fail.notFound('Patient')` and `fail.notFound('Patient')` are the same. */
export const fail: Fail = {
  unauthenticated(message = 'Sign in first.') {
    throw failure('UNAUTHENTICATED', message);
  },
  forbidden(message = 'You may not do this.') {
    throw failure('FORBIDDEN', message);
  },
  notFound(what = 'This') {
    throw failure('NOT_FOUND', `${what} was not found.`);
  },
  badInput(field, message) {
    throw badInput([{ field, message }]);
  },
  conflict(message = 'Someone else changed this in the meantime. Load it again and repeat your change.') {
    throw failure('CONFLICT', message);
  },
  rateLimited(message = 'Too many attempts. Try again in a few minutes.') {
    throw failure('RATE_LIMITED', message);
  },
};
