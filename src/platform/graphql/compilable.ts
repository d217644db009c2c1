import {
  getNamedType,
  isAbstractType,
  isInputObjectType,
  isInputType,
  isInterfaceType,
  isObjectType,
  Kind,
  typeFromAST,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
  type NamedTypeNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * So many fields a document may be when each fragment is written out where it is used, and once for each type that may
 * stand there: code is written for all of them, and a short text can mean very many. Each query of the web client is below it.
 */
const MOST_FIELDS = 400;

interface Walk {
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  fields: number;
}

/** Counts the fields of a selection, `times` over; gives up when they are too many. */
function count(walk: Walk, set: SelectionSetNode, type: GraphQLNamedType | undefined, times: number): void {
  const each = isAbstractType(type) ? times * walk.schema.getPossibleTypes(type).length : times;
  for (const selection of set.selections) {
    walk.fields += each;
    if (walk.fields > MOST_FIELDS) return;
    if (selection.kind === Kind.FIELD) {
      const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[selection.name.value] : undefined;
      if (selection.selectionSet) count(walk, selection.selectionSet, field && getNamedType(field.type), each);
    } else {
      const inside = selection.kind === Kind.INLINE_FRAGMENT ? selection : walk.fragments.get(selection.name.value);
      const on = inside?.typeCondition ? walk.schema.getType(inside.typeCondition.name.value) : type;
      if (inside) count(walk, inside.selectionSet, on, each);
    }
  }
}

/** Whether an input type holds itself: the code that reads its variables would be written for ever. */
function isEndless(type: GraphQLInputType, above: readonly GraphQLInputType[] = []): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  const inside = [...above, named];
  return above.includes(named) || Object.values(named.getFields()).some((field) => isEndless(field.type, inside));
}

/** Whether a validated document is one query that code can be written for in a short time. */
export function isCompilable(
  schema: GraphQLSchema,
  { definitions }: DocumentNode,
  { operation, selectionSet, variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  if (operation !== 'query') return false;
  if (definitions.filter(({ kind }) => kind === Kind.OPERATION_DEFINITION).length > 1) return false;
  const endless = variableDefinitions.some((definition) => {
    const type = typeFromAST(schema, definition.type as NamedTypeNode);
    return isInputType(type) && isEndless(type);
  });
  if (endless) return false;
  const fragments = new Map(
    definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const walk: Walk = { schema, fragments, fields: 0 };
  count(walk, selectionSet, schema.getQueryType() ?? undefined, 1);
  return walk.fields <= MOST_FIELDS;
}
