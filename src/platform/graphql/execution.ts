import type { ApolloServerPlugin } from '@apollo/server';
import { HeaderMap } from '@apollo/server';
import type { ExecutionResult } from 'graphql';
import type { Execute, Operation } from './compiled.js';

type Answer = ReturnType<Execute<object>>;

/**
 * How operations are executed. A plugin gives Apollo Server the answer of those without an error; only what it has to work
 * up, errors, goes through the `executor` of a gateway. That is the one door for another way to execute, but each time it makes
 * an object with accessors, which V8 keeps until what is old is collected, and with it the whole request.
 */
export function execution<C extends object>(
  execute: Execute<C>,
): { plugin: ApolloServerPlugin<C>; executor(operation: Operation<C>): Answer } {
  /** Answers with errors, by the context of their operation. */
  const faulty = new WeakMap<C, Promise<ExecutionResult>>();
  return {
    plugin: {
      requestDidStart: async () => ({
        responseForOperation: async ({ document, operation, request, contextValue: context }) => {
          const { operationName, variables } = request;
          const answering = new Promise<ExecutionResult>((resolve) =>
            resolve(execute({ document, operation, operationName, variables, context })),
          );
          const answer = await answering.catch(() => null);
          if (answer && !answer.errors) {
            return {
              http: { status: undefined, headers: new HeaderMap() },
              body: { kind: 'single', singleResult: answer },
            };
          }
          faulty.set(context, answering);
          return null;
        },
      }),
    },
    executor: (operation) => faulty.get(operation.context) ?? execute(operation),
  };
}
