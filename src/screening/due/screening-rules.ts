import { sql } from 'kysely';
import type { HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { activeInstruments } from '../instruments.js';
import type { DueTables } from './due.tables.js';
import type { ChangeScreeningRulesInput, ScreeningRule } from './due.types.js';

const MOST_RULES = 20;
const MOST_DAYS = 1095;

/** The rules of the caller's organization; the usual ones while it has none of its own. */
export async function screeningRules(ctx: HubContext): Promise<ScreeningRule[]> {
  const org = ctx.caller?.organizationId ?? fail.forbidden();
  const db = (await ctx.db.em()).getKysely<DueTables>();
  const own = await db
    .selectFrom('hub.screening_rule')
    .select(['trigger', 'instrument_key as instrumentKey', 'days', 'active'])
    .where('care_org_id', '=', org)
    .orderBy('trigger')
    .orderBy('instrument_key')
    .execute();
  if (own.length > 0) return own;
  const { rows } = await sql<ScreeningRule>`select trigger, instrument_key as "instrumentKey", days, true as active
    from hub.screening_rules(${org}::uuid)`.execute(db);
  return rows;
}

/** Puts these rules in place of all there are. */
export async function changeScreeningRules(ctx: HubContext, input: ChangeScreeningRulesInput): Promise<void> {
  const { rules } = input;
  const org = ctx.caller?.organizationId ?? fail.forbidden();
  const forms = new Set((await activeInstruments(ctx)).map(({ key }) => key));
  const seen = new Set<string>();
  if (rules.length === 0 || rules.length > MOST_RULES) {
    fail.badInput('input.rules', `1 to ${MOST_RULES} rules are expected`);
  }
  for (const [at, { trigger, instrumentKey, days }] of rules.entries()) {
    const name = `${trigger}|${instrumentKey ?? ''}`;
    if (seen.has(name)) refuse('RULE_TWICE', 'This rule is here twice.', `rules[${at}]`);
    seen.add(name);
    if (instrumentKey && !forms.has(instrumentKey)) {
      refuse('UNKNOWN_INSTRUMENT', 'Choose one of the forms in use.', `rules[${at}].instrumentKey`);
    }
    if (days < 1 || days > MOST_DAYS) {
      refuse('DAYS_OUT_OF_RANGE', 'Choose between 1 and 1095 days.', `rules[${at}].days`);
    }
  }
  const em = await ctx.db.em();
  const db = em.getKysely<DueTables>();
  const changed = { changed_by: ctx.caller?.userId ?? null, changed_at: ctx.clock.now() };
  await db.deleteFrom('hub.screening_rule').where('care_org_id', '=', org).execute();
  await db
    .insertInto('hub.screening_rule')
    .values(
      rules.map(({ trigger, instrumentKey, days, active }) => {
        return {
          id: newId(),
          care_org_id: org,
          trigger,
          instrument_key: instrumentKey || null,
          days,
          active,
          ...changed,
        };
      }),
    )
    .execute();
  ctx.audit.record({ action: 'screening.rules', entity: 'screening_rule', detail: { count: rules.length } });
}
