import type { ApolloServerPlugin, GraphQLRequestContextWillSendResponse } from '@apollo/server';
import { unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import type { GraphContext } from './apollo.js';
import { inLanguage } from '../sentences.js';
import { isGivenUp, RETRY_AFTER_SECONDS } from '../busy.js';
import { isOurs, toFailure } from './format-error.js';

export interface OperationHooks<C extends GraphContext> {
  /** Runs when the answer is made and before it leaves: writes the audit, ends the transaction. Throwing fails it all. */
  settle(ctx: C): Promise<void>;
  /** Told of each operation: its name, whether it had errors, and how many seconds it took. */
  observe?: (operationName: string | null, failed: boolean, seconds: number) => void;
  /** Told of each operation that waited for the database in vain. */
  onBusy?: () => void;
}

type Answered<C extends GraphContext> = GraphQLRequestContextWillSendResponse<C>;

/** Errors that a client which accepts plain JSON gets with status 200 (GraphQL over HTTP, `application/json`). */
const REQUEST_ERRORS = new Set<unknown>([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

function errorsOf<C extends GraphContext>({ response }: Answered<C>): readonly GraphQLFormattedError[] {
  return (response.body.kind === 'single' && response.body.singleResult.errors) || [];
}

function usePlainJsonStatus<C extends GraphContext>(rc: Answered<C>): void {
  const accept = rc.request.http?.headers.get('accept') ?? '';
  if (rc.response.http.status !== 400 || accept.includes('application/graphql-response+json')) return;
  if (errorsOf(rc).some((error) => REQUEST_ERRORS.has(error.extensions?.['code']))) rc.response.http.status = 200;
}

const isBusyIn = <C extends GraphContext>(rc: Answered<C>): boolean =>
  errorsOf(rc).some(({ extensions }) => extensions?.['code'] === 'BUSY');

/** When to come again; as a status too where there is nothing else in the answer. */
function sayBusy<C extends GraphContext>(rc: Answered<C>): void {
  if (!isBusyIn(rc)) return;
  const { body, http } = rc.response;
  http.headers.set('retry-after', String(RETRY_AFTER_SECONDS));
  if (body.kind === 'single' && !body.singleResult.data) http.status = 503;
}

async function finish<C extends GraphContext>(rc: Answered<C>, settle: OperationHooks<C>['settle']): Promise<void> {
  const { contextValue, response, operationName } = rc;
  const requestId = contextValue.request.id;
  try {
    await settle(contextValue);
  } catch (error) {
    const known = toFailure(error);
    if (known?.extensions['code'] === 'BUSY') {
      const { message, extensions } = known;
      response.body = {
        kind: 'single',
        singleResult: { errors: [{ message: inLanguage(message, contextValue.language), extensions }] },
      };
      return sayBusy(rc);
    }
    contextValue.log.error({ err: error, operationName }, 'the answer was withheld');
    const message = inLanguage('Something went wrong on our side.', contextValue.language);
    const withheld = { message, extensions: { code: 'INTERNAL', requestId } };
    response.body = { kind: 'single', singleResult: { errors: [withheld] } };
    response.http.status = 500;
    return;
  }
  sayBusy(rc);
  if (response.body.kind === 'single' && response.body.singleResult.errors) {
    response.body.singleResult.errors = errorsOf(rc).map(({ message, extensions, ...rest }) => ({
      ...rest,
      message: inLanguage(message, contextValue.language),
      extensions: extensions?.['code'] === 'INTERNAL' ? { ...extensions, requestId } : extensions,
    }));
  }
  usePlainJsonStatus(rc);
}

/** Settles each operation, logs what went wrong on our side, and puts the request's id into those errors alone. */
export function operationPlugin<C extends GraphContext>({
  settle,
  observe,
  onBusy,
}: OperationHooks<C>): ApolloServerPlugin<C> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async didEncounterErrors({ errors, contextValue, operationName }) {
          for (const error of errors.filter((one) => !isOurs(one))) {
            contextValue.log.error({ err: unwrapResolverError(error), operationName }, 'a field failed');
          }
          // The caller may ask again; whoever runs the hub must know which questions take too long.
          if (errors.some((error) => isGivenUp(unwrapResolverError(error)))) {
            contextValue.log.warn({ operationName }, 'a statement took too long and was given up');
          }
        },
        async willSendResponse(rc) {
          await finish(rc, settle);
          if (isBusyIn(rc)) onBusy?.();
          observe?.(rc.operationName ?? null, errorsOf(rc).length > 0, (performance.now() - began) / 1000);
        },
      };
    },
  };
}
