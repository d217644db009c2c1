import { isObjectType, type GraphQLSchema } from 'graphql';
import { getMetadataStorage } from 'type-graphql';

type Metadata = ReturnType<typeof getMetadataStorage>;
type Resolver = Record<string, (...params: unknown[]) => unknown>;

/**
 * Called before a schema is built: what only reads a property is left to graphql-js, and field resolvers get their parent
 * as it is. type-graphql would put a function around the one and copy each plain row of a list into a new entity for the
 * other, once for every field: half of the CPU time of an inbox.
 */
export function leaveFieldsAlone({ fields, params, middlewares }: Metadata = getMetadataStorage()): void {
  if (middlewares.length > 0) throw new Error('type-graphql’s middlewares would be passed over: use a guard');
  for (const field of fields) if (field.name === field.schemaName) field.simple ??= true;
  for (const param of params) if (param.kind === 'root') param.getType = undefined;
}

/**
 * Called when the schema is built: a field resolver that takes nothing but its parent, the context and the info is called
 * with them. type-graphql would sort, map and search its parameters each time, which takes longer than most of them do.
 */
export function callFieldsDirectly(schema: GraphQLSchema, resolvers: readonly unknown[]): void {
  const { fieldResolvers, objectTypes } = getMetadataStorage();
  const instances = new Map<unknown, Resolver>();
  for (const { kind, target, methodName, schemaName, params = [], getObjectType } of fieldResolvers) {
    const name = objectTypes.find((type) => type.target === getObjectType?.())?.name;
    const type = name === undefined ? undefined : schema.getType(name);
    const field = isObjectType(type) ? type.getFields()[schemaName] : undefined;
    const kinds = params.toSorted((a, b) => a.index - b.index).map((param) => kindOf(param));
    if (kind !== 'external' || !resolvers.includes(target) || !field || kinds.includes(undefined)) continue;
    const instance = instances.get(target) ?? new (target as new () => Resolver)();
    instances.set(target, instance);
    const method = instance[methodName];
    if (!method) throw new Error(`${name}.${schemaName} has no method ${methodName}`);
    field.resolve = (root, _, context, info) => {
      const given = { root, context, info };
      return method.apply(
        instance,
        kinds.map((one) => one && given[one]),
      );
    };
  }
}

function kindOf(param: Metadata['params'][number]): 'root' | 'context' | 'info' | undefined {
  if (param.kind === 'info') return 'info';
  if (param.kind !== 'root' && param.kind !== 'context') return undefined;
  return param.propertyName === undefined ? param.kind : undefined;
}
