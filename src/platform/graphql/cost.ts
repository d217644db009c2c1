import {
  getArgumentValues,
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from './connection.js';

/** A plain list is taken to hold this many; a connection holds as many as were asked for. */
const PLAIN_LIST = 5;
/** A scalar costs a tenth of an object: it is computed, but nothing is fetched for it. */
const SCALAR = 0.1;

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}

function isConnection(type: GraphQLNamedType): boolean {
  if (!isObjectType(type)) return false;
  const { edges, pageInfo } = type.getFields();
  return edges !== undefined && pageInfo !== undefined;
}

/** How many times the children of a field run. */
function repeats(walk: Walk, field: GraphQLField<unknown, unknown>, node: FieldNode, parent: GraphQLNamedType): number {
  if (isConnection(getNamedType(field.type))) {
    let args: Record<string, unknown> = {};
    try {
      args = getArgumentValues(field, node, walk.variables);
    } catch {
      // Execution will say what is wrong with the arguments; until then it counts as the most there can be.
      return MAX_PAGE;
    }
    const size = args['first'] ?? args['last'] ?? args['limit'];
    return typeof size === 'number' ? Math.min(Math.max(size, 1), MAX_PAGE) : DEFAULT_PAGE;
  }
  // The edges of a connection were counted at the connection.
  return isListType(getNullableType(field.type)) && !isConnection(parent) ? PLAIN_LIST : 1;
}

function costOf(walk: Walk, set: SelectionSetNode, parent: GraphQLNamedType): number {
  let total = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
      const field = fields[selection.name.value];
      // `__typename` and introspection are no work for the database; introspection is off where it matters.
      if (!field) continue;
      const type = getNamedType(field.type);
      const times = repeats(walk, field, selection, parent);
      const inside = selection.selectionSet ? costOf(walk, selection.selectionSet, type) : 0;
      total += isCompositeType(type) ? 1 + times * inside : SCALAR;
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      const on = selection.typeCondition ? walk.schema.getType(selection.typeCondition.name.value) : parent;
      if (on) total += costOf(walk, selection.selectionSet, on);
    } else {
      const fragment = walk.fragments.get(selection.name.value);
      const on = fragment && walk.schema.getType(fragment.typeCondition.name.value);
      if (fragment && on) total += costOf(walk, fragment.selectionSet, on);
    }
  }
  return total;
}

/**
 * What a validated operation costs at most, before it runs: objects weigh 1, scalars 0.1, and what lies in a list is
 * multiplied by its size. Validation has ruled out cycles of fragments.
 */
export function operationCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>> = {},
): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const operation = document.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0;
  const root = schema.getRootType(operation.operation);
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Variables that do not fit end the operation before it runs.
  return root && coerced ? costOf({ schema, fragments, variables: coerced }, operation.selectionSet, root) : 0;
}
