import type { Answer, InstrumentForm, PossibleNeed } from '../screening/index.js';
import { byLinkId, enabledItems, itemsOf, scoreScreening } from '../screening/index.js';
import type { Batch, Value } from './copy.js';
import type { Dice } from './dice.js';
import type { DemoPatient } from './people.js';

export interface DemoNeed {
  id: string;
  category: string;
  sensitivity: string;
  label: string;
  status: string;
  wantsHelp: boolean;
  identified: Date;
  /** The row as it will be written, once the referrals have said what became of it. */
  row: Record<string, Value>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Years lived on a day. */
function ageOn(birthDate: string, at: Date): number {
  const day = at.toISOString().slice(0, 10);
  return Number(day.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (day.slice(5) < birthDate.slice(5) ? 1 : 0);
}

/** Screenings of one patient over the time since registration, answered by chance and scored by the hub's own rules. */
export class ScreeningMaker {
  constructor(
    readonly dice: Dice,
    readonly batch: Batch,
    readonly instruments: readonly InstrumentForm[],
    readonly now: Date,
  ) {}

  screen(patient: DemoPatient): DemoNeed[] {
    const { dice, now } = this;
    const needs = new Map<string, DemoNeed>();
    let at = patient.registered.getTime() + dice.int(0, 20) * DAY;
    const times: number[] = [];
    for (let n = dice.int(0, 3); n > 0 && at < now.getTime(); n -= 1) {
      times.push(at);
      at += dice.int(150, 400) * DAY;
    }
    // A third were seen in the last weeks: the desk and the inboxes of the demo have work to do.
    if (dice.chance(0.35)) times.push(now.getTime() - dice.int(26, 600) * HOUR);
    for (const time of times.toSorted((a, b) => a - b)) {
      for (const need of this.#one(patient, new Date(time), needs)) needs.set(need.category, need);
    }
    return [...needs.values()];
  }

  #one(patient: DemoPatient, at: Date, known: ReadonlyMap<string, DemoNeed>): DemoNeed[] {
    const { dice, batch } = this;
    const instrument = dice.pick(this.instruments);
    const id = dice.id(at);
    const answers = this.#answers(instrument, patient.hardship);
    const ageYears = ageOn(patient.birthDate, at);
    const result = scoreScreening(instrument, answers, { ageYears });
    const done = new Date(at.getTime() + dice.int(4, 15) * 60_000);
    const owner = { care_org_id: patient.care.organizationId, patient_id: patient.id };
    batch.add('screening', {
      id,
      ...owner,
      instrument_key: instrument.key,
      instrument_version: instrument.version,
      status: 'COMPLETED',
      language: patient.language,
      age_years: ageYears,
      scores: { json: result.scores },
      started_by: patient.manager.id,
      started_at: at,
      completed_by: patient.manager.id,
      completed_at: done,
    });
    const loincs = new Map(itemsOf(instrument).map((item) => [item.linkId, item.loinc]));
    for (const answer of answers) {
      batch.add('screening_answer', {
        screening_id: id,
        link_id: answer.linkId,
        ...owner,
        question_loinc: loincs.get(answer.linkId) ?? null,
        answer_codes: [...(answer.codes ?? [])],
        value_number: answer.number ?? null,
        absent_reason: answer.absent ?? null,
        absent_text: answer.absentText ?? null,
        answered_at: at,
      });
    }
    return result.possibleNeeds.flatMap((possible) =>
      known.has(possible.category) ? [] : [this.#need(patient, id, possible, done)],
    );
  }

  #answers(instrument: InstrumentForm, hardship: number): Answer[] {
    const { dice } = this;
    const answers = itemsOf(instrument).map((item): Answer => {
      const { linkId } = item;
      if (dice.chance(0.03)) return { linkId, absent: 'ASKED_DECLINED' };
      const options = (item.answers ?? []).filter((option) => !option.means);
      if (options.length === 0) return { linkId, absent: 'NOT_ASKED', absentText: 'Not part of this visit' };
      const showing = options.filter((option) => (option.needs ?? []).length > 0 || (option.score ?? 0) >= 3);
      const calm = options.filter((option) => !showing.includes(option));
      const from = dice.chance(hardship) && showing.length > 0 ? showing : calm.length > 0 ? calm : options;
      return { linkId, codes: [dice.pick(from).code] };
    });
    const asked = enabledItems(instrument, byLinkId(answers)).map(({ linkId }) => linkId);
    return answers.filter(({ linkId }) => asked.includes(linkId));
  }

  #need(patient: DemoPatient, screeningId: string, possible: PossibleNeed, at: Date): DemoNeed {
    const { dice } = this;
    const fresh = this.now.getTime() - at.getTime() < 26 * DAY;
    const status = fresh
      ? dice.weighted({ POSSIBLE: 4, CONFIRMED: 6 })
      : dice.weighted({ CONFIRMED: 75, DECLINED: 15, REFUTED: 10 });
    const id = dice.id(at);
    const wantsHelp = status === 'CONFIRMED' && dice.chance(0.85);
    const decided = status === 'POSSIBLE' ? null : new Date(at.getTime() + dice.int(0, 3) * DAY);
    return {
      id,
      category: possible.category,
      sensitivity: possible.sensitivity,
      label: possible.label.en,
      status,
      wantsHelp,
      identified: at,
      row: {
        id,
        care_org_id: patient.care.organizationId,
        patient_id: patient.id,
        screening_id: screeningId,
        category: possible.category,
        sensitivity: possible.sensitivity,
        label: possible.label.en,
        status,
        wants_help: status === 'CONFIRMED' ? wantsHelp : status === 'DECLINED' ? false : null,
        evidence: { json: possible.evidence },
        icd10cm: possible.icd10cm,
        snomed: possible.snomed,
        identified_at: at,
        confirmed_at: status === 'CONFIRMED' ? decided : null,
        confirmed_by: status === 'CONFIRMED' ? patient.manager.id : null,
        resolved_at: null,
        created_at: at,
        updated_at: decided ?? at,
      },
    };
  }
}
