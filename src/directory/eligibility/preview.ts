import type { HubContext } from '../../access/index.js';
import type { Language } from '../../platform/words.js';
import type { Service } from '../service/service.entity.js';
import { areaOf } from './area-of.js';
import { cohortsOf, MOST_PEOPLE } from './cohorts.js';
import { evaluate, listedRules, verdictOf } from './evaluate.js';
import { keptAs } from './kept-as.js';
import { placeWords, statesOf } from './place-keys.js';
import type { EligibilityPreview, FitGroup, FitGroupKind, FitProfile } from './preview.types.js';
import { standardProfiles, type Profile } from './profiles.js';
import { readRulesOf } from './read-rule.js';
import type { EligibilityRuleInput } from './rule.inputs.js';
import { shownRule } from './rule.types.js';
import type { Rule } from './rules.js';
import { type Judged, tally } from './tally.js';
import { warningsOf } from './warnings.js';
import { QUESTIONS, type Facts } from './words.js';

/** The rules in force, the proposed ones as they would be in force, and these one by one with their places in the list. */
interface Compared {
  now: Judged;
  proposed: Judged;
  each: readonly (readonly [Rule, number])[];
  on: string;
  language: Language;
}

function groupOf(kind: FitGroupKind, people: readonly Facts[], compared: Compared): FitGroup {
  const { now, proposed, each, on, language } = compared;
  const looked = people.slice(0, MOST_PEOPLE);
  const rules = each.map(([rule]) => rule);
  const { rules: counts, questions, ...rest } = tally(now, proposed, rules, looked, on);
  return {
    kind,
    ...rest,
    more: people.length > looked.length,
    rules: counts.map((count, at) => ({ rule: each[at]?.[1] ?? at, ...count })),
    questions: questions.map(({ fact, people: many }) => ({ words: QUESTIONS[fact][language], people: many })),
    profiles: [],
  };
}

function profileOf({ key, words, facts }: Profile, { now, proposed, on, language }: Compared): FitProfile {
  const { failed, ask } = evaluate(proposed.rules, facts, { on });
  return {
    key,
    words: words[language],
    now: verdictOf(now, facts, on),
    proposed: verdictOf(proposed, facts, on),
    failed: failed.map((one) => one.words[language]),
    ask: ask.map(({ question }) => question[language]),
  };
}

/**
 * What rules would mean for a listing: in words, what is wrong with them, and whom they shut out among people of whom the
 * caller may read each by themselves, and among fictional ones. Changes nothing.
 */
export async function previewRules(
  ctx: HubContext,
  service: Service,
  inputs: readonly EligibilityRuleInput[],
): Promise<EligibilityPreview> {
  const { language } = ctx;
  const on = ctx.clock.now().toISOString().slice(0, 10);
  const read = readRulesOf(inputs);
  const each = read.flatMap(({ rule }, index) => (rule ? [[rule, index] as const] : []));
  const kept = keptAs(
    service,
    each.map(([rule]) => rule),
  );
  const now = listedRules(service);
  const compared: Compared = { now, proposed: listedRules(kept), each, on, language };
  const area = await areaOf(await ctx.db.em(), service.id);
  const warnings = warningsOf(read, { area, unreadable: now.unreadable });
  const profiles = standardProfiles(area, on);
  const standard: FitGroup = {
    ...groupOf(
      'STANDARD_PROFILES',
      profiles.map(({ facts }) => facts),
      compared,
    ),
    profiles: profiles.map((profile) => profileOf(profile, compared)),
  };
  // One more than is judged says whether there are more.
  const own = await cohortsOf(ctx, { service, area, states: statesOf(area), most: MOST_PEOPLE + 1 });
  return {
    rules: read.map(({ rule }) => (rule ? shownRule(rule) : null)),
    warnings: warnings.map((one) => ({ ...one, words: one.words[language] })),
    canSave: !warnings.some(({ blocks }) => blocks),
    area: area.map((key) => placeWords(key)[language]),
    groups: [...own.map(({ kind, people }) => groupOf(kind, people, compared)), standard],
  };
}
