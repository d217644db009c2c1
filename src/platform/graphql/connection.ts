import { ArgsType, Field, Int, ObjectType, type ClassType } from 'type-graphql';
import { fail } from './errors.js';

export const DEFAULT_PAGE = 20;
export const MAX_PAGE = 100;

/** The four arguments of every list that can grow. Use as `@Args(() => PageArgs) page: PageArgs`, or extend it. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, {
    nullable: true,
    description: 'How many from the front, 1 to 100; 20 when neither `first` nor `last` is given.',
  })
  first?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes after this cursor.' })
  after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the back, 1 to 100.' })
  last?: number | null;

  @Field(() => String, { nullable: true, description: 'Only what comes before this cursor.' })
  before?: string | null;
}

@ObjectType({ description: 'Where a page lies in its list (Relay cursor connections).' })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether something follows the last edge.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, { description: 'Whether something precedes the first edge.' })
  hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true, description: 'Cursor of the first edge; null on an empty page.' })
  startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'Cursor of the last edge; null on an empty page.' })
  endCursor!: string | null;
}

export interface Edge<T> {
  cursor: string;
  node: T;
}

export interface Connection<T> {
  edges: Edge<T>[];
  pageInfo: PageInfo;
}

/** Whether two sets of arguments ask for the same page. */
export function isSamePage(one: PageArgs, other: PageArgs): boolean {
  const keys = ['first', 'after', 'last', 'before'] as const;
  return keys.every((key) => (one[key] ?? null) === (other[key] ?? null));
}

/** `true` when the page is read from the back. Checks the four arguments together. */
export function readsBackward(page: PageArgs): { backward: boolean; size: number } {
  const first = page.first ?? undefined;
  const last = page.last ?? undefined;
  if (first !== undefined && last !== undefined) fail.badInput('last', '`first` and `last` exclude each other');
  const size = first ?? last ?? DEFAULT_PAGE;
  if (size < 1 || size > MAX_PAGE) {
    fail.badInput(last === undefined ? 'first' : 'last', `a number from 1 to ${MAX_PAGE} is expected`);
  }
  return { backward: last !== undefined, size };
}

/** Cuts rows that were read with one extra into a connection. `rows` come in reading order. */
export function cutPage<R, T>(
  rows: readonly R[],
  page: PageArgs,
  cursorOf: (row: R, index: number) => string,
  nodeOf: (row: R) => T,
): Connection<T> {
  const { backward, size } = readsBackward(page);
  const more = rows.length > size;
  const kept = rows.slice(0, size).map((row, index) => ({ cursor: cursorOf(row, index), node: nodeOf(row) }));
  const edges = backward ? kept.toReversed() : kept;
  const pageInfo: PageInfo = {
    hasNextPage: backward ? typeof page.before === 'string' : more,
    hasPreviousPage: backward ? more : typeof page.after === 'string',
    startCursor: edges[0]?.cursor ?? null,
    endCursor: edges.at(-1)?.cursor ?? null,
  };
  return { edges, pageInfo };
}

const made = new Map<string, ClassType<Connection<object>>>();

/**
 * The Relay connection type of a node: `XConnection { edges { cursor node } pageInfo }`, made once per name.
 * `connectionOf(Referral)` or `connectionOf(Referral, 'InboxReferral')`; extend the class to add a field such as
 * `totalCount`.
 */
export function connectionOf<T extends object>(Node: ClassType<T>, name: string = Node.name): ClassType<Connection<T>> {
  const known = made.get(name);
  if (known) return known as ClassType<Connection<T>>;

  @ObjectType(`${name}Edge`, { description: `One ${name} in a list, with its position.` })
  class NodeEdge implements Edge<T> {
    @Field(() => String, { description: 'The position in this list, for `after` and `before`.' })
    cursor!: string;

    @Field(() => Node, { description: 'What stands at this position.' })
    node!: T;
  }

  @ObjectType(`${name}Connection`, { description: `A page of a list of ${name}.` })
  class NodeConnection implements Connection<T> {
    @Field(() => [NodeEdge], { description: 'The page, with cursors.' })
    edges!: NodeEdge[];

    @Field(() => PageInfo, { description: 'Where the page lies in the list.' })
    pageInfo!: PageInfo;
  }

  made.set(name, NodeConnection);
  return NodeConnection;
}
