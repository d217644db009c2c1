import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  parse,
  validate,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLSchema,
} from 'graphql';
import { operationCost } from '../../src/platform/graphql/cost.js';
import { LIMITS, limitRules } from '../../src/platform/graphql/limits.js';

export interface RandomQuery {
  query: string;
  variables: Record<string, unknown>;
}

export interface RandomOptions {
  /** Ids that exist, from which arguments are taken half of the time. */
  ids?: readonly string[];
  /** Ids of one kind of thing, such as `patient` or `service`; mostly taken where an argument's name says the kind. */
  idsOf?: Readonly<Record<string, readonly string[]>>;
  /** Root fields that are left out. */
  without?: readonly string[];
  /** How deep selections may nest. */
  depth?: number;
}

/** Numbers that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Ids of nothing. */
const NOBODY = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'];
const WORDS = [
  'food',
  '',
  'Bal%_timore',
  "O'Neil",
  '21201',
  'vivienda',
  '\\',
  '🥕',
  ' ',
  'a'.repeat(200),
  'en',
  '2026-02-30',
];

/** `patientId` and `needIds` say their kind; a plain `id` is of the kind of its field: `service(id:)`. */
function kindOf(name: string, around: string): string {
  return name === 'id' || name === 'input' ? around : name.replace(/Ids?$/, '');
}

/** Writes one valid query over the whole schema: arguments, variables, fragments and directives at random. */
class Writer {
  readonly variables: Record<string, unknown> = {};
  readonly definitions: string[] = [];
  readonly fragments: string[] = [];
  #directives = 0;
  #tokens = 0;

  constructor(
    readonly random: () => number,
    readonly options: RandomOptions,
  ) {}

  pick<T>(items: readonly T[]): T {
    const found = items[Math.floor(this.random() * items.length)];
    if (found === undefined) throw new Error('nothing to pick from');
    return found;
  }

  some<T>(items: readonly T[], share: number): T[] {
    return items.filter(() => this.random() < share);
  }

  scalar(name: string, hint: string): unknown {
    switch (name) {
      case 'ID':
        return this.id(this.options.idsOf?.[hint]);
      case 'Int':
        return this.pick([0, 1, 2, 5, 20, 100, 101, -1, 2147483647]);
      case 'Float':
        return this.pick([0, 1.5, -76.6, 39.3, 25, 1e9]);
      case 'Boolean':
        return this.random() < 0.5;
      case 'LocalDate':
        return this.pick(['2026-01-01', '1950-02-28', '2026-11-22']);
      case 'DateTimeISO':
        return this.pick(['2026-11-22T15:00:00.000Z', '2020-02-29T00:00:00Z']);
      default:
        return this.pick(WORDS);
    }
  }

  id(known: readonly string[] | undefined): string {
    const [sure, { ids }] = [this.random(), this.options];
    if (known?.length && sure < 0.9) return this.pick(known);
    return ids?.length && sure < 0.95 ? this.pick(ids) : this.pick(NOBODY);
  }

  /** `hint` is the kind of thing that an id stands for, as far as names tell. */
  value(type: GraphQLInputType, hint = '', depth = 0): unknown {
    if (!isNonNullType(type) && this.random() < 0.1) return null;
    const inner = getNullableType(type);
    if (isListType(inner)) {
      return Array.from({ length: Math.floor(this.random() * 3) }, () => this.value(inner.ofType, hint, depth + 1));
    }
    if (isEnumType(inner)) return this.pick(inner.getValues()).name;
    if (!isInputObjectType(inner)) return this.scalar(inner.name, hint);
    const fields = Object.values(inner.getFields());
    const chosen = fields.filter((field) => isRequiredInputField(field) || (depth < 3 && this.random() < 0.3));
    return Object.fromEntries(
      chosen.map((field) => [field.name, this.value(field.type, kindOf(field.name, hint), depth + 1)]),
    );
  }

  args(field: GraphQLField<unknown, unknown>): string {
    const chosen = field.args.filter((arg) => isRequiredArgument(arg) || this.random() < 0.5);
    // From one end or from the other: both at once is an error of its own.
    const ends = chosen.some((arg) => arg.name === 'first') ? ['last', 'before'] : ['first', 'after'];
    // A cursor at random is a cursor of no list: seldom.
    const cursor = (name: string): boolean => name === 'after' || name === 'before';
    const kept = chosen.filter((arg) => !ends.includes(arg.name) && (!cursor(arg.name) || this.random() < 0.1));
    const parts = kept.map((arg) => {
      const name = `v${this.definitions.length}`;
      this.definitions.push(`$${name}: ${String(arg.type)}`);
      this.variables[name] = ['first', 'last'].includes(arg.name)
        ? this.pick([1, 2, 3])
        : this.value(arg.type, kindOf(arg.name, field.name));
      return `${arg.name}: $${name}`;
    });
    return parts.length > 0 ? `(${parts.join(', ')})` : '';
  }

  directive(): string {
    if (this.#directives >= LIMITS.directives - 2 || this.random() > 0.05) return '';
    this.#directives += 1;
    return this.pick([' @include(if: $yes)', ' @skip(if: $no)', ' @include(if: $no)', ' @skip(if: $yes)']);
  }

  field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const type = getNamedType(field.type);
    const head = `${field.name}${this.args(field)}${this.directive()}`;
    this.#tokens += 4;
    return isLeafType(type) ? head : `${head} ${this.selection(type, depth - 1)}`;
  }

  selection(type: GraphQLNamedType, depth: number): string {
    if (!isObjectType(type) && !isInterfaceType(type)) return '{ __typename }';
    const all = Object.values(type.getFields());
    const leaves = all.filter((field) => isLeafType(getNamedType(field.type)));
    const branches = all.filter((field) => !isLeafType(getNamedType(field.type)));
    const tight = this.#tokens > LIMITS.tokens / 6;
    const chosen = [
      ...this.some(leaves, tight ? 0.1 : 0.5),
      ...(depth > 0 && !tight ? this.some(branches, branches.length > 8 ? 0.25 : 0.5) : []),
    ];
    const plain: string[] = ['__typename'];
    const apart: string[] = [];
    for (const field of chosen) (this.random() < 0.15 ? apart : plain).push(this.field(field, depth));
    if (apart.length > 0 && this.random() < 0.5) {
      plain.push(`... on ${type.name}${this.directive()} { ${apart.join(' ')} }`);
    } else if (apart.length > 0) {
      const name = `F${this.fragments.length}`;
      this.fragments.push(`fragment ${name} on ${type.name} { ${apart.join(' ')} }`);
      plain.push(`...${name}${this.directive()}`);
    }
    return `{ ${plain.join(' ')} }`;
  }
}

/** A value that fits an input type, the same for the same seed. */
export function randomValue(type: GraphQLInputType, seed: number): unknown {
  return new Writer(randomOf(seed), {}).value(type);
}

function attempt(schema: GraphQLSchema, random: () => number, options: RandomOptions): RandomQuery {
  const root = schema.getQueryType();
  if (!root) throw new Error('a schema without queries');
  const writer = new Writer(random, options);
  const fields = Object.values(root.getFields()).filter((field) => !options.without?.includes(field.name));
  const count = 1 + Math.floor(random() * 3);
  const chosen = new Set(Array.from({ length: count }, () => writer.pick(fields)));
  const body = [...chosen].map((field) => writer.field(field, options.depth ?? 5)).join(' ');
  const text = `{ __typename ${body} } ${writer.fragments.join(' ')}`;
  const definitions = [...writer.definitions];
  const variables = { ...writer.variables };
  for (const [name, value] of [
    ['yes', true],
    ['no', false],
  ] as const) {
    if (!text.includes(`$${name})`)) continue;
    definitions.push(`$${name}: Boolean!`);
    variables[name] = value;
  }
  const head = definitions.length > 0 ? `query Random(${definitions.join(', ')})` : 'query Random';
  return { query: `${head} ${text}`, variables };
}

/** `count` valid queries within the limits, the same for the same seed. */
export function randomQueries(
  schema: GraphQLSchema,
  seed: number,
  count: number,
  options: RandomOptions = {},
): RandomQuery[] {
  const random = randomOf(seed);
  const found: RandomQuery[] = [];
  for (let tries = 0; found.length < count && tries < count * 20; tries += 1) {
    const made = attempt(schema, random, options);
    try {
      const document = parse(made.query, { maxTokens: LIMITS.tokens });
      const affordable = operationCost(schema, document, undefined, made.variables) <= LIMITS.cost;
      if (affordable && validate(schema, document, limitRules).length === 0) found.push(made);
    } catch {
      // Too long: write another.
    }
  }
  return found;
}
