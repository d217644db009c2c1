import {
  isInputType,
  isNonNullType,
  parse,
  print,
  specifiedRules,
  typeFromAST,
  validate,
  type OperationDefinitionNode,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { isCompilable } from '../../src/platform/graphql/compilable.js';
import { operationCost } from '../../src/platform/graphql/cost.js';
import { LIMITS, limitRules } from '../../src/platform/graphql/limits.js';
import { schemaOf } from '../../src/serve.js';
import { webOperations, type WebOperations } from '../web-operations.js';
import { randomValue } from './random-queries.js';

/*
 * The limits are what the web client's own operations need, with the largest page it asks for, and little more.
 */
const schema = schemaOf(features);
let operations: WebOperations['operations'];
let whole: WebOperations['whole'];

beforeAll(async () => {
  ({ operations, whole } = await webOperations());
});

/** Values for the variables that must be given; without them there is nothing to reckon. */
function required(operation: OperationDefinitionNode): Record<string, unknown> {
  const entries = (operation.variableDefinitions ?? []).flatMap(({ variable, type }) => {
    const known = typeFromAST(schema, type);
    return isNonNullType(known) && isInputType(known) ? [[variable.name.value, randomValue(known, 1)] as const] : [];
  });
  return Object.fromEntries(entries);
}

describe('every operation of the web client', () => {
  it('fits the schema', () => {
    const misfits = operations.flatMap((operation) =>
      validate(schema, whole(operation), specifiedRules).map((error) => `${operation.name?.value}: ${error.message}`),
    );
    expect(misfits).toEqual([]);
  });

  it('stays within the limits', () => {
    expect(operations.length).toBeGreaterThan(10);
    const over = operations.flatMap((operation) => {
      const document = whole(operation);
      const cost = operationCost(schema, document, operation.name?.value, required(operation));
      const problems = validate(schema, document, limitRules).map((error) => error.message);
      parse(print(document), { maxTokens: LIMITS.tokens });
      return [...problems, ...(cost > LIMITS.cost ? [`cost ${cost}`] : [])].map(
        (text) => `${operation.name?.value}: ${text}`,
      );
    });
    expect(over).toEqual([]);
  });

  it('is little enough that each of its queries is compiled, but for one whose rules hold rules', () => {
    const queries = operations.filter((one) => one.operation === 'query');
    expect(queries.length).toBeGreaterThan(10);
    const left = queries.filter((query) => !isCompilable(schema, whole(query), query));
    expect(left.map(({ name }) => name?.value)).toEqual(['EligibilityPreview']);
  });
});
