import {
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isListType,
  isNonNullType,
  isObjectType,
  isSpecifiedScalarType,
  type GraphQLNamedType,
  type GraphQLObjectType,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { permissionsAsked } from '../src/access/index.js';
import { features } from '../src/features.js';
import { schemaOf } from '../src/serve.js';

/*
 * Walks the whole API: what a reviewer would otherwise have to look at field by field.
 */
const schema = schemaOf(features);
const types = Object.values(schema.getTypeMap()).filter(
  (type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type),
);
const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(isObjectType);

/** Lists of things that elsewhere come as a connection, and why these stay short. */
const SHORT: Record<string, string> = {
  'Patient.emergencies': 'openings of one protected record; the latest twenty of each',
  'Query.listedServices': 'those that were chosen, at most 100',
  'Patient.followUps': 'what is to be done about one patient',
  'OffPlatformReferral.needs': 'those chosen when it was recorded',
  'PersonPaper.passedOnTo': 'the few agencies to which somebody passed one paper on',
  'Today.followUps': 'at most 20, for one screen',
  'Today.lateHelp': 'at most 20, for one screen',
  'Today.toDecide': 'at most 20, for one screen',
  'Today.needsAnswer': 'at most 20, for one screen',
  'Today.overdueReferrals': 'at most 20, for one screen',
  'Today.toConfirm': 'at most 20, for one screen',
  'Today.screeningsDue': 'at most 20, for one screen',
  'Today.highRisk': 'at most 20, for one screen',
  'Service.terms': 'what one listing is filed under',
  'Need.referrals': 'the referrals of one need',
  'Screening.needs': 'one per positive answer',
  'Referral.needs': 'those chosen when it was sent',
  'ReferralDraft.needs': 'those chosen so far, at most 10',
  'RequestVerificationPayload.withoutAddress': 'of at most 50 that were asked about',
  'RevokeConsentPayload.openReferrals': 'those that relied on one consent',
};

/** Mutations that need to be told nothing. */
const WITHOUT_INPUT = new Set(['closeMyHelp']);

/** Ids that stand alone, and why the thing itself does not stand there. */
const IDS: Record<string, string> = {
  'MyHelp.patientId': 'the page of a patient is no reader of the record',
  'MyDisclosure.consentId': 'the consent stands in the list beside it',
  'TakeBackDevicePayload.screeningId': 'it is read once the session is open again',
};

function fieldsOf(type: GraphQLNamedType): { name: string; description?: string | null }[] {
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) return Object.values(type.getFields());
  return [];
}
const objects = types.filter((type): type is GraphQLObjectType => isObjectType(type));
const outputs = objects.flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({ at: `${type.name}.${field.name}`, field })),
);
const isConnection = (type: GraphQLNamedType): boolean =>
  isObjectType(type) && 'edges' in type.getFields() && 'pageInfo' in type.getFields();

describe('the API', () => {
  it('says of every root field who may use it', () => {
    const open = roots.flatMap((root) =>
      Object.values(root.getFields())
        .filter((field) => !permissionsAsked(field.extensions)?.length)
        .map((field) => `${root.name}.${field.name}`),
    );
    expect(open).toEqual([]);
    const notes = roots.flatMap((root) =>
      Object.values(root.getFields()).filter(
        (field) => !/(Needs permission `|Open to everyone\.)/.test(field.description ?? ''),
      ),
    );
    expect(notes.map((field) => field.name)).toEqual([]);
  });

  it('describes every type and every field', () => {
    const silent = types.flatMap((type) => [
      ...(type.description ? [] : [type.name]),
      ...fieldsOf(type)
        .filter((field) => !field.description)
        .map((field) => `${type.name}.${field.name}`),
    ]);
    expect(silent).toEqual([]);
  });

  it('takes one input for every mutation and answers with a payload that can refuse', () => {
    const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
    const wrong = mutations
      .filter(({ name }) => !WITHOUT_INPUT.has(name))
      .filter((field) => {
        const payload = getNamedType(field.type);
        const verb = field.name.charAt(0).toUpperCase() + field.name.slice(1);
        const [input, ...more] = field.args;
        const userErrors = isObjectType(payload) && payload.getFields()['userErrors'];
        const rest = isObjectType(payload)
          ? Object.values(payload.getFields()).filter((one) => one.name !== 'userErrors')
          : [];
        return (
          more.length > 0 ||
          input?.name !== 'input' ||
          getNamedType(input.type).name !== `${verb}Input` ||
          !payload.name.endsWith('Payload') ||
          !userErrors ||
          String(userErrors.type) !== '[UserError!]!' ||
          rest.some((one) => isNonNullType(one.type))
        );
      });
    expect(wrong.map((field) => field.name)).toEqual([]);
  });

  it('pages through what can grow', () => {
    const paged = new Set(
      objects.filter(isConnection).map((type) => {
        const edge = getNamedType(type.getFields()['edges']?.type ?? type);
        return isObjectType(edge) ? getNamedType(edge.getFields()['node']?.type ?? edge).name : '';
      }),
    );
    const long = outputs.filter(
      ({ at, field }) =>
        isListType(getNullableType(field.type)) && paged.has(getNamedType(field.type).name) && !(at in SHORT),
    );
    expect(long.map(({ at }) => at)).toEqual([]);
  });

  it('gives every connection the same arguments and at most a hundred at a time', () => {
    const odd = outputs.filter(({ field }) => {
      const names = field.args.map((arg) => arg.name);
      return isConnection(getNamedType(field.type)) && !(names.includes('first') && names.includes('after'));
    });
    expect(odd.map(({ at }) => at)).toEqual([]);
  });

  it('refers to things, not to their ids', () => {
    expect(
      outputs
        .filter(({ at, field }) => /\wIds?$/.test(field.name) && getNamedType(field.type).name === 'ID' && !(at in IDS))
        .map(({ at }) => at),
    ).toEqual([]);
  });

  it('writes enum values in capitals, and a deprecation with its date and its replacement', () => {
    const values = types.filter(isEnumType).flatMap((type) => type.getValues().map((value) => value.name));
    expect(values.filter((name) => !/^[A-Z][A-Z0-9_]*$/.test(name))).toEqual([]);
    const reasons = outputs.map(({ field }) => field.deprecationReason).filter((reason) => typeof reason === 'string');
    expect(reasons.filter((reason) => !/^\d{4}-\d\d-\d\d: use `/.test(reason))).toEqual([]);
  });
});
