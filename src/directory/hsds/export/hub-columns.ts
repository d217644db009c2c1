import type { EntityName } from '../model.js';
import { moment } from './moment.js';

/**
 * What the hub keeps beside HSDS, for a full backup: how it is written, and the type it is read back with. Names begin
 * with `hub_`, so that no other program takes them for fields of the standard.
 */
const columns: Readonly<Partial<Record<EntityName, Readonly<Record<string, 'text' | 'json' | 'list' | 'moment'>>>>> = {
  organization: { listed: 'text', time_zone: 'text', referral_email: 'text', retired_at: 'moment' },
  service: {
    categories: 'list',
    eligibility_rules: 'json',
    takes_referrals: 'text',
    referral_email: 'text',
    time_zone: 'text',
    is_free: 'text',
    capacity_status: 'text',
    capacity_note: 'text',
    capacity_updated_at: 'moment',
    sensitivity: 'text',
    verified_at: 'moment',
    next_verification_on: 'text',
  },
  phone: { e164: 'text' },
  service_area: { covers: 'list' },
  taxonomy: { licence: 'text' },
  metadata: { at: 'moment' },
};

const prefix = 'hub_';

/** The columns of a backup beside HSDS's own, as the export selects them. */
export function hubColumns(entity: EntityName): { name: string; sql: string }[] {
  return Object.entries(columns[entity] ?? {}).map(([name, type]) => ({
    name: `${prefix}${name}`,
    sql: type === 'moment' ? moment(`t.${name}`) : type === 'list' ? `to_json(t.${name})::text` : `t.${name}::text`,
  }));
}

/** The hub's column that a backup's column fills. */
export function hubColumnOf(entity: EntityName, written: string): string | undefined {
  const name = written.startsWith(prefix) ? written.slice(prefix.length) : '';
  return Object.hasOwn(columns[entity] ?? {}, name) ? name : undefined;
}

export function hubColumnNames(entity: EntityName): string[] {
  return Object.keys(columns[entity] ?? {});
}

/** Whether a column holds a list of texts. */
export function isList(entity: EntityName, name: string): boolean {
  return columns[entity]?.[name] === 'list';
}
