import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { ArgumentValidationError } from 'type-graphql';
import { isBusy, RETRY_AFTER_SECONDS } from '../busy.js';
import { badInput, BUSY_WORDS, failure, FAILURE_CODES, type FieldProblem } from './errors.js';
import { Refusal } from './refusal.js';
import { validationProblems } from './validation.js';

/** What Apollo itself says about a request that never reached a resolver. Its wording is kept, without literals. */
const PROTOCOL_CODES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'OPERATION_RESOLUTION_FAILURE',
  'BAD_REQUEST',
]);
const OWN_CODES = new Set<unknown>(FAILURE_CODES);

/** SQLSTATEs that a caller can cause with well-typed input, and what they mean to the caller. */
const CONFLICT_STATES = new Set(['23505', '40001', '40P01', '55P03']);
const INPUT_STATES = new Set([
  '22P02',
  '22003',
  '22007',
  '22008',
  '22021',
  '22023',
  '22P05',
  '22001',
  '2201W',
  '2201X',
]);

function textOf(value: object, key: string): string | undefined {
  const found: unknown = Reflect.get(value, key);
  return typeof found === 'string' ? found : undefined;
}

/** The error as the API says it, or undefined when only INTERNAL may be said. */
export function toFailure(cause: unknown): GraphQLError | undefined {
  if (cause instanceof ArgumentValidationError) return badInput(validationProblems(cause.extensions.validationErrors));
  if (cause instanceof GraphQLError) return OWN_CODES.has(cause.extensions.code) ? cause : undefined;
  if (cause instanceof Refusal) return badInput([{ field: cause.field ?? 'input', message: cause.message }]);
  if (!(cause instanceof Error)) return undefined;
  if (isBusy(cause)) return failure('BUSY', BUSY_WORDS, { retryAfterSeconds: RETRY_AFTER_SECONDS });
  const state = textOf(cause, 'code') ?? '';
  if (cause.name === 'OptimisticLockError' || CONFLICT_STATES.has(state)) {
    return failure('CONFLICT', 'Someone else changed this in the meantime. Load it again and repeat your change.');
  }
  if (cause.name === 'RowLevelSecurityViolationException') return failure('FORBIDDEN', 'You may not do this.');
  // A sibling field failed first and took the shared transaction with it.
  if (state === '25P02') return failure('CONFLICT', 'Not read, because another part of this request failed.');
  if (INPUT_STATES.has(state)) return failure('BAD_USER_INPUT', 'A value is not of the form that is expected.');
  return undefined;
}

/** Whether an error is the API speaking (or Apollo about the request), and so nothing for the log. */
export function isOurs(error: GraphQLError): boolean {
  const code = error.extensions?.['code'];
  if (typeof code === 'string' && PROTOCOL_CODES.has(code)) return true;
  const cause = unwrapResolverError(error);
  // Without a cause it is graphql-js about a variable; with one it must be of our kind.
  return toFailure(cause) !== undefined || (cause === error && code === 'BAD_USER_INPUT');
}

/** `Variable "$input" got invalid value …` without the value: where it is, and what is expected. */
function withoutValues(message: string): { text: string; problem?: FieldProblem } {
  const variable = /^Variable "\$(\w+)" got invalid value [\s\S]*?(?: at "([\w.[\]]+)")?; ([\s\S]*)$/.exec(message);
  if (!variable) {
    return {
      text: message
        .replace(/(,| but) found [\s\S]*$/, '.')
        .replace(/(cannot represent [^:]*): [\s\S]*$/, '$1.')
        .replace(/Value "[^"]*" does not exist/, 'The value does not exist')
        .replace(/ Did you mean [\s\S]*$/, ''),
    };
  }
  const field = variable[2] ?? variable[1] ?? 'input';
  const detail = variable[3] ?? '';
  const missing = /^Field "(\w+)" of required type "([^"]+)" was not provided/.exec(detail);
  const unknown = /^Field "(\w+)" is not defined by type "(\w+)"/.exec(detail);
  const expected =
    /Expected (?:non-nullable )?type "([^"]+)"/.exec(detail) ??
    /in "(\w+)" enum/.exec(detail) ??
    /^(\w+) cannot/.exec(detail);
  const problem = missing
    ? { field: `${field}.${missing[1]}`, message: `a value of type ${missing[2]} is required` }
    : unknown
      ? { field: `${field}.${unknown[1]}`, message: `${unknown[2]} has no such field` }
      : { field, message: expected ? `a value of type ${expected[1]} is expected` : 'this value is not accepted' };
  return { text: `${problem.field}: ${problem.message}`, problem };
}

function locate(
  formatted: GraphQLFormattedError,
  message: string,
  extensions: Record<string, unknown>,
): GraphQLFormattedError {
  return {
    message,
    ...(formatted.locations && { locations: formatted.locations }),
    ...(formatted.path && { path: formatted.path }),
    extensions,
  };
}

/**
 * Apollo's `formatError`: our own codes and Apollo's protocol codes pass, all else becomes INTERNAL. No driver's
 * message, address, stack or submitted value ever leaves.
 */
export function formatError(formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError {
  const known = toFailure(unwrapResolverError(error));
  const quotesValue = known?.message.startsWith('Variable "$');
  if (known && !quotesValue) return locate(formatted, known.message, { ...known.extensions });
  const code = formatted.extensions?.['code'];
  if (code === 'BAD_USER_INPUT' || (typeof code === 'string' && PROTOCOL_CODES.has(code))) {
    const { text, problem } = withoutValues(formatted.message);
    return locate(formatted, text, { code, ...(problem && { fields: [problem] }) });
  }
  return locate(formatted, 'Something went wrong on our side.', { code: 'INTERNAL' });
}
