import {
  execute,
  getVariableValues,
  GraphQLError,
  isObjectType,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type Source,
  type SourceLocation,
} from 'graphql';
import { compileQuery, isCompiledQuery, type CompiledQuery } from 'graphql-jit';
import { isCompilable } from './compilable.js';

/** A validated operation that is to be answered. */
export interface Operation<C> {
  document: DocumentNode;
  /** Unset when the document holds no operation of the name. */
  operation: OperationDefinitionNode | undefined;
  operationName: string | null | undefined;
  variables: Readonly<Record<string, unknown>> | undefined;
  context: C;
}

export type Execute<C> = (operation: Operation<C>) => ExecutionResult | Promise<ExecutionResult>;

interface CompileOptions {
  /** From which time on a document is answered by its own code: making that costs as much as answering some times. */
  from?: number;
  /** How many documents are compiled in all, whatever callers make up. */
  atMost?: number;
}

const FROM = 12;
const AT_MOST = 1000;
/** So many wrong variables are told of at once, as graphql-js does it. */
const MAX_ERRORS = 50;

/**
 * Answers operations: queries that are asked often by code that is made for the document (graphql-jit), since walking
 * through the document and its types anew takes longer than all that it asks for; everything else by graphql-js.
 */
export function executorFor<C>(
  schema: GraphQLSchema,
  { from = FROM, atMost = AT_MOST }: CompileOptions = {},
): Execute<C> {
  const compile = compilerFor(schema);
  const known = new WeakMap<DocumentNode, { times: number; made: CompiledQuery | null }>();
  let left = atMost;

  function compiled(document: DocumentNode, operation: OperationDefinitionNode): CompiledQuery | null {
    const own = known.get(document) ?? { times: 0, made: null };
    if (own.times === 0) known.set(document, own);
    own.times += 1;
    if (own.times === from && left > 0 && isCompilable(schema, document, operation)) {
      left -= 1;
      own.made = compile(document);
    }
    return own.made;
  }

  return ({ document, operation, operationName, variables, context }) => {
    const made = operation?.operation === 'query' ? compiled(document, operation) : null;
    if (!operation || !made) {
      return execute({ schema, document, contextValue: context, variableValues: variables, operationName });
    }
    const definitions = operation.variableDefinitions ?? [];
    // graphql-js says what is wrong with variables, in words that are relied on.
    const { errors } =
      definitions.length > 0 ? getVariableValues(schema, definitions, variables ?? {}, { maxErrors: MAX_ERRORS }) : {};
    return errors ? { errors } : retold(document, made.query(undefined, context, variables ?? {}));
  };
}

/** Where in the text a line and column are. */
function positionOf({ body }: Source, { line, column }: SourceLocation): number {
  const ends = /\r\n|[\n\r]/g;
  for (let n = 1; n < line; n += 1) ends.exec(body);
  return ends.lastIndex + column - 1;
}

/** An error as graphql-js would have made it. */
function ofGraphQL(document: DocumentNode, error: GraphQLError): GraphQLError {
  const { message, path, locations, originalError } = error;
  if (originalError instanceof GraphQLError && originalError.path) return originalError;
  const nodes = originalError instanceof GraphQLError ? originalError.nodes : undefined;
  const source = document.loc?.source;
  const place = source && locations && { source, positions: locations.map((one) => positionOf(source, one)) };
  return new GraphQLError(message, { ...(nodes ? { nodes } : place), path, originalError });
}

type Answer = ReturnType<CompiledQuery['query']>;

async function retold(document: DocumentNode, answer: Answer): Promise<ExecutionResult> {
  const { errors, ...found } = await answer;
  return errors ? { errors: errors.map((error) => ofGraphQL(document, error)), ...found } : found;
}

type Resolve = GraphQLFieldResolver<unknown, unknown>;

/**
 * A promise whose failure to be worked up is a failure too. Compiled code counts the promises it waits for, and would
 * wait for ever for one whose value it stumbled over.
 */
class Told {
  readonly #promise: PromiseLike<unknown>;

  constructor(promise: PromiseLike<unknown>) {
    this.#promise = promise;
  }

  // oxlint-disable-next-line unicorn/no-thenable
  then(take: (value: unknown) => void, fail: (error: unknown) => void): void {
    const taken = (value: unknown): void => {
      try {
        take(value);
      } catch (error) {
        fail(error);
      }
    };
    this.#promise.then(taken, fail);
  }
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

function told(resolve: Resolve): Resolve {
  return (root, args: unknown, context, info) => {
    const value: unknown = resolve(root, args as never, context, info);
    return isPromise(value) ? new Told(value) : value;
  };
}

/** Compiles documents with resolvers that tell of every failure; the schema itself keeps its own. */
function compilerFor(schema: GraphQLSchema): (document: DocumentNode) => CompiledQuery | null {
  const fields = Object.values(schema.getTypeMap()).flatMap(
    (type): [GraphQLField<unknown, unknown>, Resolve, Resolve][] =>
      isObjectType(type)
        ? Object.values(type.getFields()).flatMap((field) =>
            field.resolve ? [[field, field.resolve, told(field.resolve)]] : [],
          )
        : [],
  );
  return (document) => {
    try {
      for (const [field, , telling] of fields) field.resolve = telling;
      const made = compileQuery(schema, document);
      return isCompiledQuery(made) ? made : null;
    } finally {
      for (const [field, own] of fields) field.resolve = own;
    }
  };
}
