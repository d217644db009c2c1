import * as fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { anyInstrument } from '../../../test/arbitrary-instrument.js';
import { instrumentProblems, parseInstrument, seededInstruments } from '../instrument-file.js';
import { itemsOf, type Instrument } from '../instrument.js';
import { readQuestionnaire } from './questionnaire-in.js';
import { questionnaireOf } from './questionnaire-out.js';
import type { Questionnaire, QuestionnaireItem } from './questionnaire.js';

/** As it travels: nothing that JSON does not hold. */
const wire = (form: Instrument): Questionnaire => JSON.parse(JSON.stringify(questionnaireOf(form))) as Questionnaire;
const question = (file: Questionnaire, linkId: string): QuestionnaireItem | undefined =>
  (file.item ?? []).flatMap((group) => group.item ?? []).find((item) => item.linkId === linkId);

describe('an instrument as a FHIR Questionnaire', () => {
  it.each(seededInstruments().map((one) => [one.key, one] as const))('comes back whole: %s', (_, form) => {
    expect(readQuestionnaire(wire(form))).toEqual({ form, left: [] });
  });

  it('comes back whole, whatever the form', () => {
    fc.assert(
      fc.property(anyInstrument, (form) => {
        expect(instrumentProblems(form)).toEqual([]);
        expect(readQuestionnaire(wire(form))).toEqual({ form, left: [] });
      }),
    );
  });

  it('says codes, answers, scores and branching in the words of the standard', () => {
    const all = new Map(seededInstruments().map((one) => [one.key, one]));
    const core = wire(all.get('ahc-hrsn')!);
    expect(core).toMatchObject({
      resourceType: 'Questionnaire',
      id: 'ahc-hrsn-1.0.0',
      status: 'active',
      code: [{ system: 'http://loinc.org', code: '96777-8' }],
    });
    const pests = question(core, '/96778-6');
    expect(pests).toMatchObject({ type: 'choice', repeats: true, code: [{ code: '96778-6' }] });
    expect(pests?.answerOption?.at(-1)).toMatchObject({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive', valueBoolean: true }],
      valueCoding: { system: 'http://loinc.org', code: 'LA9-3' },
    });
    expect(question(core, '/95618-5')?.answerOption?.[4]).toMatchObject({
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/ordinalValue', valueDecimal: 5 }],
    });
    expect(core.item?.at(-1)).toMatchObject({ readOnly: true, code: [{ code: '95614-4' }], type: 'decimal' });
    expect(JSON.stringify(core.item?.at(-1))).toContain(
      "linkId in ('/95618-5' | '/95617-7' | '/95616-9' | '/95615-1')",
    );
    const caring = wire(all.get('hub-caregiver-strain')!);
    expect(caring.item?.[1]?.enableWhen).toEqual([
      {
        question: '/cares',
        operator: '=',
        answerCoding: { system: 'urn:community-referral-hub:CodeSystem:hub-caregiver-strain', code: 'yes' },
      },
    ]);
  });
});

describe('a Questionnaire of somebody else', () => {
  const base: Questionnaire = { resourceType: 'Questionnaire', status: 'active', title: 'Ours', name: 'OurForm' };
  const options = [{ valueString: 'Tea' }, { valueInteger: 7 }];

  it('is read with what the hub can ask, and says what it left out', () => {
    const { form, left } = readQuestionnaire({
      ...base,
      version: '2024',
      item: [
        { linkId: '1', type: 'boolean', text: 'Do you drink tea?', required: true },
        { linkId: '2', type: 'open-choice', text: 'Which?', answerOption: options, enableWhen: [{ question: '1', operator: '=', answerBoolean: true }] }, // prettier-ignore
        { linkId: '3', type: 'date', text: 'Since when?' },
        { linkId: '4', type: 'choice', text: 'From a list', answerValueSet: 'http://example.org/list' },
        { linkId: '5', type: 'display', text: 'Thank you' },
        { linkId: '6', type: 'string', text: 'Anything else?', maxLength: 80 },
        { linkId: '7', type: 'decimal', text: 'Total', readOnly: true },
      ],
    });
    expect(left.map(({ linkId }) => linkId)).toEqual(['2', '3', '4', '5', '7']);
    expect(instrumentProblems(form)).toEqual([]);
    const read = parseInstrument(form);
    expect(read).toMatchObject({ key: 'our-form', version: '2024.0.0', languages: { en: 'official' }, needs: {} });
    expect(itemsOf(read)).toMatchObject([
      { linkId: '1', type: 'choice', required: true, answers: [{ code: 'LA33-6' }, { code: 'LA32-8' }] },
      { linkId: '2', answers: [{ code: 'option-1', text: { en: 'Tea', es: 'Tea' } }, { text: { en: '7' } }], enableWhen: [{ code: 'LA33-6' }] }, // prettier-ignore
      { linkId: '6', type: 'text', maxLength: 80 },
    ]);
  });

  it('that waits for a later answer, or for itself, is refused', () => {
    const when = (asked: string) => [{ question: asked, operator: 'exists', answerBoolean: true }];
    for (const asked of ['1', '2', '9']) {
      const { form } = readQuestionnaire({
        ...base,
        item: [
          { linkId: '1', type: 'boolean', text: 'One?', enableWhen: when(asked) },
          { linkId: '2', type: 'boolean', text: 'Two?' },
        ],
      });
      expect(instrumentProblems(form)).toEqual([
        `sections[0].items[0].enableWhen[0].question: "${asked}" is not a question that comes earlier`,
      ]);
    }
  });
});

const folder = process.env['HUB_TEST_DATA'];
const examples = folder ? join(folder, 'fhir-sdoh-examples') : '';

describe('the Questionnaires of the guide', () => {
  const real = existsSync(examples);
  if (!real) {
    it.skip('skipped: set HUB_TEST_DATA to a folder with fhir-sdoh-examples', () => undefined);
    return;
  }
  const read = (name: string) =>
    readQuestionnaire(
      JSON.parse(
        readFileSync(join(examples, `Questionnaire-SDOHCC-Questionnaire${name}.json`), 'utf8'),
      ) as Questionnaire,
    );
  const codesOf = (form: Instrument) =>
    itemsOf(form).map((item) => [item.linkId, item.loinc, item.type, item.answers?.map((one) => one.code)]);

  it.each([
    ['HungerVitalSign', 'hunger-vital-sign', ['/88124-3']],
    ['PRAPARE', 'prapare', []],
  ] as const)('%s is read with the questions and answer codes that the hub ships', (name, key, calculated) => {
    const { form, left } = read(name);
    expect(left.map(({ linkId }) => linkId)).toEqual(calculated);
    expect(instrumentProblems(form)).toEqual([]);
    const shipped = seededInstruments().find((one) => one.key === key)!;
    expect(codesOf(parseInstrument(form))).toEqual(codesOf(shipped));
    expect(parseInstrument(form).version).toBe('2.3.0');
    // What was read leaves and comes back the same.
    expect(readQuestionnaire(wire(parseInstrument(form))).form).toEqual(form);
  });
});
