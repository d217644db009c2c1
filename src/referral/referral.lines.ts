import type { GraphQLResolveInfo } from 'graphql';
import type { Beside, HubContext } from '../access/index.js';
import { isServiceLine, serviceBeside } from '../directory/index.js';
import { isOrganizationLine, organizationBeside } from '../identity/index.js';
import { fieldsAt } from '../platform/graphql/selection.js';

/** What a line of a referral names that stands in other tables. */
const NAMED = {
  service: { beside: serviceBeside, key: 'service_id', isLine: isServiceLine },
  from: { beside: organizationBeside, key: 'from_org_id', isLine: isOrganizationLine },
  to: { beside: organizationBeside, key: 'to_org_id', isLine: isOrganizationLine },
} as const satisfies Record<
  string,
  { beside: Beside<object>; key: string; isLine(shown: ReadonlySet<string>): boolean }
>;
export type Named = keyof typeof NAMED;
const NAMES = Object.keys(NAMED) as Named[];

const columnOf = (name: Named): string => `line_${name}`;

/** What of {@link NAMED} the referrals at a path are shown with, where a line of it is all that is asked for. */
export function namedAt(info: GraphQLResolveInfo, ...path: string[]): readonly Named[] {
  const fields = fieldsAt(info, ...path);
  // Who received a referral offers its service.
  const agency = fieldsAt(info, ...path, 'service', 'organization');
  const wanted = (name: Named): boolean => fields.has(name) || (name === 'to' && agency.size > 0);
  const shown = (name: Named): ReadonlySet<string> =>
    name === 'to' ? new Set([...fieldsAt(info, ...path, 'to'), ...agency]) : fieldsAt(info, ...path, name);
  return NAMES.filter((name) => wanted(name) && NAMED[name].isLine(shown(name)));
}

/** The columns that bring it along, for rows of `table`. */
export function columnsBeside(names: readonly Named[], table: string): { sql: string; as: string }[] {
  return names.map((name) => ({ sql: NAMED[name].beside.column(`${table}.${NAMED[name].key}`), as: columnOf(name) }));
}

/** Keeps what came along with a row, so that its fields have it at once. */
export function keepBeside(ctx: HubContext, names: readonly Named[], row: object): void {
  const columns = row as Readonly<Record<string, unknown>>;
  for (const name of names) NAMED[name].beside.keep(ctx, columns[columnOf(name)]);
}
