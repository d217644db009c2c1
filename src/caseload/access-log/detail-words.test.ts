import { isEnumType, isInputObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';
import { features } from '../../features.js';
import { schemaOf } from '../../serve.js';
import { detailWords, hasWords } from './detail-words.js';

const schema = schemaOf(features);
const fieldsOf = (name: string): string[] => {
  const type = schema.getType(name);
  return isInputObjectType(type) ? Object.keys(type.getFields()) : [];
};
const valuesOf = (name: string): string[] => {
  const type = schema.getType(name);
  return isEnumType(type) ? type.getValues().map((value) => value.name) : [];
};

describe('a detail of the audit', () => {
  it('has words for every field, filter, list and way to consent that may stand there', () => {
    const inputs = ['UpdatePatientInput', 'PatientFilter'].flatMap(fieldsOf);
    const enums = ['InboxQueue', 'ReferralQueue', 'ConsentMethod'].flatMap(valuesOf);
    expect(inputs.length * enums.length).toBeGreaterThan(300);
    const missing = [...inputs, ...enums].filter((one) => !hasWords(one) && !/^(id|expectedVersion)$/.test(one));
    expect(missing).toEqual([]);
  });

  it('reads as a sentence in both languages, without any code', () => {
    expect(detailWords('fields', ['phone', 'zip'])).toEqual({
      en: 'What was changed: phone, ZIP code',
      es: 'Qué se cambió: teléfono, código postal',
    });
    expect(detailWords('categories', ['food-insecurity']).en).toMatch(/^Kinds of need: [A-Z][a-z ]+$/);
    expect(detailWords('count', [3]).es).toBe('Cuántos: 3');
    expect(detailWords('method', ['SOMETHING_NEW']).en).toBe('How it was given: something else');
  });
});
