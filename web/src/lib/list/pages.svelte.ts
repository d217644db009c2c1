export interface Connection<N> {
  edges: { node: N }[];
  pageInfo: { hasNextPage: boolean; endCursor?: string | null };
}

/** A list that grows by "Show more": the first page from the loader, the next ones by cursor. */
export class Pages<N> {
  #first: () => Connection<N>;
  #next: (after: string) => Promise<Connection<N>>;
  #extra = $state.raw<{ of: Connection<N>; nodes: N[]; info: Connection<N>['pageInfo'] } | null>(null);
  busy = $state(false);
  failed = $state(false);

  constructor(first: () => Connection<N>, next: (after: string) => Promise<Connection<N>>) {
    this.#first = first;
    this.#next = next;
  }

  // What was added belongs to the first page it was added to: a new first page starts the list anew.
  readonly #added = $derived.by(() => {
    const extra = this.#extra;
    return extra?.of === this.#first() ? extra : null;
  });
  readonly nodes: N[] = $derived.by(() => [
    ...this.#first().edges.map((edge) => edge.node),
    ...(this.#added?.nodes ?? []),
  ]);
  readonly more: boolean = $derived.by(() => (this.#added?.info ?? this.#first().pageInfo).hasNextPage);

  async load(): Promise<void> {
    const of = this.#first();
    const after = (this.#added?.info ?? of.pageInfo).endCursor;
    if (!after || this.busy) return;
    this.busy = true;
    this.failed = false;
    try {
      const page = await this.#next(after);
      const before = this.#added?.nodes ?? [];
      this.#extra = { of, nodes: [...before, ...page.edges.map((edge) => edge.node)], info: page.pageInfo };
    } catch {
      this.failed = true;
    } finally {
      this.busy = false;
    }
  }
}
