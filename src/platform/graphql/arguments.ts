import { getMetadataStorage } from 'type-graphql';

type Metadata = ReturnType<typeof getMetadataStorage>;
type Described = Metadata['inputTypes'][number];
type Values = Readonly<Record<string, unknown>>;
/** Makes of a value of GraphQL what the class of an argument says. */
export type Make = (value: unknown) => unknown;

/** The fields of a class and of those it extends; one that is written again stands once, as it was written last. */
function fieldsOf({ target }: Described, all: readonly Described[]): NonNullable<Described['fields']> {
  const named = new Map<string, NonNullable<Described['fields']>[number]>();
  for (let of: unknown = target; typeof of === 'function'; of = Object.getPrototypeOf(of)) {
    const own = all.find((one) => one.target === of)?.fields ?? [];
    for (const field of own) if (!named.has(field.name)) named.set(field.name, field);
  }
  return [...named.values()];
}

/** An object of the class, with nothing in it that is undefined; classes that begin with values are rare. */
function emptyOf(target: Described['target']): () => Record<string, unknown> {
  const begin = (): Record<string, unknown> => new (target as new () => Record<string, unknown>)();
  const known = (): Record<string, unknown> =>
    Object.fromEntries(Object.entries(begin()).filter(([, value]) => value !== undefined));
  const create = (): Record<string, unknown> => Object.create(target.prototype as object) as Record<string, unknown>;
  return Object.keys(known()).length === 0 ? create : () => Object.assign(create(), known());
}

/**
 * How arguments become objects of their classes, found out once for each class. type-graphql looks for the class of each field
 * among all input types, at each call: 4 % of the CPU time of an inbox.
 */
export function argumentMakers({ inputTypes, argumentTypes }: Metadata): {
  input(type: unknown): Make;
  args(type: unknown): Make;
} {
  const made = new Map<unknown, Make>();

  function makerOf(described: Described | undefined, all: readonly Described[]): Make {
    if (!described) return (value) => value;
    const known = made.get(described.target);
    if (known) return known;
    const empty = emptyOf(described.target);
    const makers: [string, Make][] = [];
    const make: Make = (value) => {
      if (value === null || value === undefined) return value;
      if (Array.isArray(value)) return value.map(make);
      const object = empty();
      for (const [name, of] of makers) {
        const given = (value as Values)[name];
        if (given !== undefined) object[name] = of(given);
      }
      return object;
    };
    // Before its fields are looked at: a class may hold itself.
    made.set(described.target, make);
    for (const field of fieldsOf(described, all)) makers.push([field.name, input(field.getType())]);
    return make;
  }

  const input = (type: unknown): Make =>
    makerOf(
      inputTypes.find(({ target }) => target === type),
      inputTypes,
    );
  const args = (type: unknown): Make =>
    makerOf(
      argumentTypes.find(({ target }) => target === type),
      argumentTypes,
    );
  return { input, args };
}
