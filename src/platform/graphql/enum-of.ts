/** `['A', 'B']` as the object that type-graphql wants: `{ A: 'A', B: 'B' }`. */
export function enumOf<const T extends string>(values: readonly T[]): { readonly [V in T]: V } {
  return Object.fromEntries(values.map((value) => [value, value])) as { readonly [V in T]: V };
}
