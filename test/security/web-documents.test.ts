import { readdir, readFile } from 'node:fs/promises';
import {
  concatAST,
  isInputType,
  isNonNullType,
  Kind,
  parse,
  print,
  specifiedRules,
  typeFromAST,
  validate,
  visit,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { beforeAll, describe, expect, it } from 'vitest';
import { features } from '../../src/features.js';
import { isCompilable } from '../../src/platform/graphql/compilable.js';
import { operationCost } from '../../src/platform/graphql/cost.js';
import { LIMITS, limitRules } from '../../src/platform/graphql/limits.js';
import { schemaOf } from '../../src/serve.js';
import { randomValue } from './random-queries.js';

/*
 * The limits are what the web client's own operations need, with the largest page it asks for, and little more.
 */
const ROOT = new URL('../../web/src/', import.meta.url);
const schema = schemaOf(features);
let all: DocumentNode;
let operations: OperationDefinitionNode[];

beforeAll(async () => {
  const files = (await readdir(ROOT, { recursive: true })).filter((file) => file.endsWith('.graphql'));
  all = concatAST(await Promise.all(files.map(async (file) => parse(await readFile(new URL(file, ROOT), 'utf8')))));
  operations = all.definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
});

/** An operation with the fragments that it uses, and those that they use. */
function whole(operation: OperationDefinitionNode): DocumentNode {
  const used = new Set<string>();
  const collect = (node: OperationDefinitionNode | DocumentNode['definitions'][number]): void => {
    visit(node, {
      FragmentSpread: ({ name }) => {
        const fragment = all.definitions.find(
          (one) => one.kind === Kind.FRAGMENT_DEFINITION && one.name.value === name.value,
        );
        if (!fragment || used.has(name.value)) return;
        used.add(name.value);
        collect(fragment);
      },
    });
  };
  collect(operation);
  const fragments = all.definitions.filter((one) => one.kind === Kind.FRAGMENT_DEFINITION && used.has(one.name.value));
  return { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
}

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

  it('is little enough that each of its queries is compiled', () => {
    const queries = operations.filter((one) => one.operation === 'query');
    expect(queries.length).toBeGreaterThan(10);
    const left = queries.filter((query) => !isCompilable(schema, whole(query), query));
    expect(left.map(({ name }) => name?.value)).toEqual([]);
  });
});
