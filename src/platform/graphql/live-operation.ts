import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { GraphContext } from './apollo.js';
import { failure } from './errors.js';
import { isOurs } from './format-error.js';
import { demandAffordable, limitRules, parseOptions } from './limits.js';
import { resolveDocument, type DocumentRule, type TrustedDocuments } from './trusted-documents.js';

interface Prepare {
  schema: GraphQLSchema;
  documents: TrustedDocuments;
  rule: DocumentRule;
  payload: SubscribePayload;
  /** Whether the socket holds as many subscriptions as it may. */
  full: boolean;
  contextValue: unknown;
}

function asErrors(error: unknown): GraphQLError[] {
  return [error instanceof GraphQLError ? error : failure('INTERNAL', 'Something went wrong on our side.')];
}

/** What Apollo does to a document over HTTP, for one that comes over a socket: the same limits, and subscriptions only. */
export function prepareSubscription(options: Prepare): ExecutionArgs | readonly GraphQLError[] {
  const { schema, contextValue } = options;
  try {
    if (options.full) throw failure('RATE_LIMITED', 'Too many subscriptions on one connection.');
    const { query, operationName, variables } = resolveDocument(options.payload, options.documents, options.rule);
    const document = parse(query, parseOptions);
    const errors = validate(schema, document, [...specifiedRules, ...limitRules]);
    if (errors.length > 0) {
      return errors.map((error) => failure('BAD_USER_INPUT', error.message.replace(/ Did you mean [\s\S]*$/, '')));
    }
    if (getOperationAST(document, operationName)?.operation !== 'subscription') {
      throw failure('BAD_USER_INPUT', 'Only subscriptions run on a socket.');
    }
    demandAffordable(schema, document, operationName, variables ?? undefined);
    return { schema, document, operationName, variableValues: variables, contextValue };
  } catch (error) {
    return asErrors(error);
  }
}

interface Contexts<C extends GraphContext> {
  open(): Promise<C>;
  settle(ctx: C): Promise<void>;
}

async function inContext<C extends GraphContext, T>(
  { open, settle }: Contexts<C>,
  work: (ctx: C) => Promise<T>,
): Promise<T> {
  const ctx = await open();
  try {
    return await work(ctx);
  } finally {
    await settle(ctx);
  }
}

function logOurs(ctx: GraphContext, errors: readonly GraphQLError[] | undefined): void {
  for (const error of errors ?? []) {
    if (!isOurs(error)) ctx.log.error({ err: error.originalError ?? error }, 'a live field failed');
  }
}

/**
 * Runs a subscription with a fresh context for every event, which is settled before the event goes out. Written as an
 * iterator by hand: in an async generator, `return()` waits for the event that may never come.
 */
export async function liveOperation<C extends GraphContext>(
  args: ExecutionArgs,
  contexts: Contexts<C>,
): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult> {
  const source = await inContext(contexts, async (ctx) => {
    const made = await createSourceEventStream({ ...args, contextValue: ctx });
    if (!(Symbol.asyncIterator in made)) logOurs(ctx, made.errors);
    return made;
  });
  if (!(Symbol.asyncIterator in source)) return source;
  const events = source[Symbol.asyncIterator]();

  async function answer(event: unknown): Promise<ExecutionResult> {
    try {
      return await inContext(contexts, async (ctx) => {
        const result = await execute({ ...args, rootValue: event, contextValue: ctx });
        logOurs(ctx, result.errors);
        return result;
      });
    } catch (error) {
      return { errors: asErrors(error) };
    }
  }

  const answers: AsyncIterableIterator<ExecutionResult> = {
    async next() {
      const { done, value } = await events.next();
      return done ? { done: true, value: undefined } : { done: false, value: await answer(value) };
    },
    async return() {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]: () => answers,
  };
  return answers;
}
