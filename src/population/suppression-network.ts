/**
 * Counts and their totals as a flow network: every count is an arc, every "these add up to that" is a node at which what
 * comes in goes out. A withheld count is safe when another table, equal in all that is shown, gives it another value; on a
 * network that is so exactly when some cycle of withheld counts through it can be shifted by one.
 */
export interface Count {
  from: number;
  to: number;
  value: number;
  /** A total: withheld only when nothing else helps, and not known to be at most 10. */
  total: boolean;
  withheld: boolean;
  /** Withheld for a reason of its own: to be protected like a small one. */
  forced?: boolean;
  /** What the reader knows of it from elsewhere. */
  least?: number;
  most?: number;
  /** Shown nowhere: it may shift, and needs no protection. */
  free?: boolean;
}

/** Counts from 1 to 10 are withheld (the rule of the Centers for Medicare & Medicaid Services). Zero may be shown. */
export const SMALLEST_SHOWN = 11;

/** True for a count that must be withheld by itself. */
export const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN;

/** Cost of withholding one more count, so that the fewest are, the small before the large, and totals last. */
const PER_COUNT = 1;
const PER_TOTAL = 1000;

/**
 * Withholds the small counts, and beside each as many more as it takes that none can be worked out. Changes `counts`.
 * Returns those that cannot be protected; there are none where every total may be withheld.
 */
export function withhold(counts: Count[], nodes: number): Count[] {
  const largest = Math.max(1, ...counts.map(({ value }) => value));
  const small = counts.filter(({ value, forced, free }) => (forced || isSmall(value)) && !free);
  for (const count of small) count.withheld = true;
  return small.filter((count) => {
    const cycles = [cycleThrough(count, 1, counts, nodes, largest), cycleThrough(count, -1, counts, nodes, largest)];
    const cheapest = cycles.filter((cycle) => cycle !== null).sort((a, b) => a.cost - b.cost)[0];
    for (const other of cheapest?.counts ?? []) other.withheld = true;
    return !cheapest;
  });
}

/** Whether a reader who knows the rule may believe the count to be one more or one less. A withheld count is never zero. */
function mayShift({ value, total, least = 0, most = Infinity }: Count, by: 1 | -1): boolean {
  if (value === 0 || value + by < least || value + by > most) return false;
  if (by === -1) return value > 1;
  return total || !isSmall(value) || value < SMALLEST_SHOWN - 1;
}

interface Cycle {
  cost: number;
  counts: Count[];
}

/** The cheapest cycle in which a count moves by one and others make up for it (Dijkstra from its one end to its other). */
function cycleThrough(
  count: Count,
  by: 1 | -1,
  counts: readonly Count[],
  nodes: number,
  largest: number,
): Cycle | null {
  if (!mayShift(count, by)) return null;
  const [start, end] = by === 1 ? [count.to, count.from] : [count.from, count.to];
  const costs = Array.from({ length: nodes }, () => Infinity);
  const via = new Map<number, { count: Count; before: number }>();
  const open = new Set(Array.from({ length: nodes }, (_, node) => node));
  const steps = stepsByNode(count, counts, nodes);
  costs[start] = 0;
  while (open.size > 0) {
    const node = nearest(open, costs);
    open.delete(node);
    const here = costs[node] ?? Infinity;
    if (here === Infinity || node === end) break;
    for (const { other, count: step } of steps[node] ?? []) {
      const cost = here + costOf(step, largest);
      if (cost >= (costs[other] ?? 0)) continue;
      costs[other] = cost;
      via.set(other, { count: step, before: node });
    }
  }
  const cost = costs[end] ?? Infinity;
  if (cost === Infinity) return null;
  const found: Count[] = [];
  for (let at = via.get(end); at; at = at.before === start ? undefined : via.get(at.before)) found.push(at.count);
  return { cost, counts: found };
}

function costOf({ withheld, total, value }: Count, largest: number): number {
  return withheld ? 0 : (total ? PER_TOTAL : PER_COUNT) * (1 + value / largest);
}

function nearest(open: ReadonlySet<number>, costs: readonly number[]): number {
  let best = -1;
  for (const node of open) if (best === -1 || (costs[node] ?? Infinity) < (costs[best] ?? Infinity)) best = node;
  return best;
}

/** From each node, the counts that can carry a shift onwards: along the arc by rising, against it by falling. */
function stepsByNode(count: Count, counts: readonly Count[], nodes: number): { other: number; count: Count }[][] {
  const steps: { other: number; count: Count }[][] = Array.from({ length: nodes }, () => []);
  for (const other of counts) {
    if (other === count) continue;
    if (mayShift(other, 1)) steps[other.from]?.push({ other: other.to, count: other });
    if (mayShift(other, -1)) steps[other.to]?.push({ other: other.from, count: other });
  }
  return steps;
}
