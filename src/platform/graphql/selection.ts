import {
  getArgumentValues,
  getNamedType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLResolveInfo,
  type SelectionSetNode,
} from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

interface Walk {
  fragments: Fragments;
  /** Which fragments were met, and how far from the end of the path: each says the same again. */
  met: Set<string>;
  into: Set<string>;
}

function collect(walk: Walk, set: SelectionSetNode, path: readonly string[]): void {
  const { fragments, into } = walk;
  const [next, ...rest] = path;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FIELD) {
      if (next === undefined) into.add(selection.name.value);
      else if (selection.name.value === next && selection.selectionSet) {
        collect(walk, selection.selectionSet, rest);
      }
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      collect(walk, selection.selectionSet, path);
    } else {
      const met = `${selection.name.value} ${path.length}`;
      const fragment = fragments[selection.name.value];
      if (!fragment || walk.met.has(met)) continue;
      walk.met.add(met);
      collect(walk, fragment.selectionSet, path);
    }
  }
}

/** Documents are kept, and each of their fields asks the same every time. */
const known = new WeakMap<FieldNode, Map<string, ReadonlySet<string>>>();

/**
 * The names of the fields that are asked for below a field, at a path from it such as `edges`, `node`: those that
 * `@skip` may leave out too, and those of every fragment, whatever type it is on. So a resolver can read what will be
 * shown and nothing else.
 */
export function fieldsAt({ fieldNodes, fragments }: GraphQLResolveInfo, ...path: string[]): ReadonlySet<string> {
  const [only, ...others] = fieldNodes;
  const place = path.join('.');
  const before = others.length === 0 && only ? known.get(only)?.get(place) : undefined;
  if (before) return before;
  const names = new Set<string>();
  const walk = { fragments, met: new Set<string>(), into: names };
  for (const { selectionSet } of fieldNodes) if (selectionSet) collect(walk, selectionSet, path);
  if (others.length === 0 && only) known.set(only, (known.get(only) ?? new Map()).set(place, names));
  return names;
}

/**
 * The arguments of a field below a field, where it is asked for exactly once and by its own name: what its resolver will
 * be called with, so that its reading may begin earlier. Undefined in any other case.
 */
export function argumentsOf<T extends object>(info: GraphQLResolveInfo, name: string): T | undefined {
  const type = getNamedType(info.returnType);
  const field = isObjectType(type) ? type.getFields()[name] : undefined;
  const nodes = info.fieldNodes.flatMap(({ selectionSet }) => selectionSet?.selections ?? []);
  const [only, ...others] = nodes.filter((node) => node.kind === Kind.FIELD && node.name.value === name);
  if (!field || only?.kind !== Kind.FIELD || others.length > 0 || only.directives?.length) return undefined;
  try {
    return getArgumentValues(field, only, info.variableValues) as T;
  } catch {
    // The field itself will say what is wrong.
    return undefined;
  }
}
