import {
  getNamedType,
  getNullableType,
  getVariableValues,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  valueFromAST,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE, MAX_PAGE } from './connection.js';

/** A plain list is taken to hold this many; a connection holds as many as were asked for. */
const PLAIN_LIST = 5;
/** A scalar costs a tenth of an object: it is computed, but nothing is fetched for it. */
const SCALAR = 0.1;

type Values = Readonly<Record<string, unknown>>;
/** A number where no variable says how long a list is. */
type Cost = number | ((variables: Values) => number);

/** What is made of several costs: at once where all of them are known. */
function of(costs: readonly Cost[], make: (all: readonly number[]) => number): Cost {
  const isNumber = (cost: Cost): cost is number => typeof cost === 'number';
  if (costs.every(isNumber)) return make(costs);
  return (values) => make(costs.map((cost) => (isNumber(cost) ? cost : cost(values))));
}

/** The same, worked out once for each set of variables. */
function once(cost: Cost): Cost {
  if (typeof cost === 'number') return cost;
  const known = new WeakMap<Values, number>();
  return (values) => {
    const found = known.get(values) ?? cost(values);
    known.set(values, found);
    return found;
  };
}

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** What fragments cost, by name: short texts can mean very many of them, each in all others. */
  known: Map<string, Cost>;
}

function isConnection(type: GraphQLNamedType): boolean {
  if (!isObjectType(type)) return false;
  const { edges, pageInfo } = type.getFields();
  return edges !== undefined && pageInfo !== undefined;
}

/** What asks for a size, in the order in which they count. */
const SIZES = ['first', 'last', 'limit'];

/** A size that is asked for: written in the document, given in a variable, or what the field says itself. */
function sizeOf(field: GraphQLField<unknown, unknown>, node: FieldNode, name: string): ((values: Values) => unknown)[] {
  const argument = field.args.find((one) => one.name === name);
  if (!argument) return [];
  const given = node.arguments?.find((one) => one.name.value === name)?.value;
  if (!given) return [() => argument.defaultValue];
  if (given.kind === Kind.VARIABLE) return [(values) => values[given.name.value] ?? argument.defaultValue];
  const written = valueFromAST(given, argument.type);
  return [() => written];
}

/** How many times the children of a field run. */
function repeats(field: GraphQLField<unknown, unknown>, node: FieldNode, parent: GraphQLNamedType): Cost {
  if (isConnection(getNamedType(field.type))) {
    const sizes = SIZES.flatMap((name) => sizeOf(field, node, name));
    const times = (values: Values): number => {
      const size = sizes.map((of) => of(values)).find((value) => value !== null && value !== undefined);
      return typeof size === 'number' ? Math.min(Math.max(size, 1), MAX_PAGE) : DEFAULT_PAGE;
    };
    const isGiven = node.arguments?.some(
      ({ name, value }) => SIZES.includes(name.value) && value.kind === Kind.VARIABLE,
    );
    return isGiven ? times : times({});
  }
  // The edges of a connection were counted at the connection.
  return isListType(getNullableType(field.type)) && !isConnection(parent) ? PLAIN_LIST : 1;
}

function costOf(walk: Walk, set: SelectionSetNode, parent: GraphQLNamedType): Cost {
  const costs = set.selections.map((selection): Cost => {
    if (selection.kind === Kind.FIELD) {
      const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : {};
      const field = fields[selection.name.value];
      // `__typename` and introspection are no work for the database; introspection is off where it matters.
      if (!field) return 0;
      const type = getNamedType(field.type);
      if (!isCompositeType(type)) return SCALAR;
      const inside = selection.selectionSet ? costOf(walk, selection.selectionSet, type) : 0;
      return of([repeats(field, selection, parent), inside], ([times = 0, each = 0]) => 1 + times * each);
    }
    if (selection.kind === Kind.FRAGMENT_SPREAD) return costOfFragment(walk, selection.name.value);
    const on = selection.typeCondition ? walk.schema.getType(selection.typeCondition.name.value) : parent;
    return on ? costOf(walk, selection.selectionSet, on) : 0;
  });
  return of(costs, (all) => all.reduce((sum, one) => sum + one, 0));
}

function costOfFragment(walk: Walk, name: string): Cost {
  const before = walk.known.get(name);
  if (before !== undefined) return before;
  const fragment = walk.fragments.get(name);
  const on = fragment && walk.schema.getType(fragment.typeCondition.name.value);
  const cost = fragment && on ? once(costOf(walk, fragment.selectionSet, on)) : 0;
  walk.known.set(name, cost);
  return cost;
}

/** What an operation of a document costs by its variables, worked out when it is asked for the first time. */
function costIn(schema: GraphQLSchema, document: DocumentNode, operation: OperationDefinitionNode): Cost {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const root = schema.getRootType(operation.operation);
  return root ? costOf({ schema, fragments, known: new Map() }, operation.selectionSet, root) : 0;
}

const known = new WeakMap<GraphQLSchema, WeakMap<OperationDefinitionNode, Cost>>();

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
  const operation = document.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION && (!operationName || definition.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return 0;
  const ofSchema = known.get(schema) ?? new WeakMap<OperationDefinitionNode, Cost>();
  known.set(schema, ofSchema);
  const cost = ofSchema.get(operation) ?? costIn(schema, document, operation);
  ofSchema.set(operation, cost);
  if (typeof cost === 'number') return cost;
  const { coerced } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  // Variables that do not fit end the operation before it runs.
  return coerced ? cost(coerced) : 0;
}
