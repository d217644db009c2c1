import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';
import type { Way, WhyAsked } from './may-reach.js';

export const LetterState = { WAITING: 'WAITING', SENT: 'SENT', HELD: 'HELD', DROPPED: 'DROPPED' } as const;
export type LetterState = keyof typeof LetterState;
registerEnumType(LetterState, {
  name: 'LetterState',
  description: 'Where a letter to a patient stands.',
  valuesConfig: {
    WAITING: { description: 'It goes as soon as it may.' },
    SENT: { description: 'It went.' },
    HELD: { description: 'It may not go: somebody of the care team must reach the person.' },
    DROPPED: { description: 'It will not go.' },
  },
});

export const WhyHeld = {
  NOT_ACTIVE: 'NOT_ACTIVE',
  DO_NOT_CONTACT: 'DO_NOT_CONTACT',
  BY_PHONE: 'BY_PHONE',
  BY_POST: 'BY_POST',
  NO_NUMBER: 'NO_NUMBER',
  NO_ADDRESS: 'NO_ADDRESS',
  NOT_THIS_NUMBER: 'NOT_THIS_NUMBER',
  NOT_THIS_ADDRESS: 'NOT_THIS_ADDRESS',
  TIMES_IN_WORDS: 'TIMES_IN_WORDS',
  NO_TIME: 'NO_TIME',
} as const satisfies Record<WhyAsked, WhyAsked>;
registerEnumType(WhyHeld, {
  name: 'WhyHeld',
  description: 'What the person said about being reached that a letter cannot obey by itself.',
});

const PatientLetterSchema = defineEntity({
  name: 'PatientLetter',
  tableName: 'patient_letter',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    relatedPersonId: () => p.manyToOne(RelatedPerson).mapToPk().name('related_person_id').nullable(),
    kind: p.text(),
    aboutId: p.uuid().nullable(),
    way: p.text().$type<Way>().nullable(),
    state: p.text().$type<LetterState>().default('WAITING'),
    why: p.text().$type<WhyAsked>().nullable(),
    notBefore: p.datetime().nullable(),
    createdBy: p.uuid().nullable(),
    createdAt: p.datetime(),
    settledAt: p.datetime().nullable(),
    settledBy: p.uuid().nullable(),
  },
});

@ObjectType({
  description: 'A letter or text to a patient or somebody around them. Its words hold nothing about them.',
})
export class PatientLetter extends PatientLetterSchema.class {
  @Field(() => ID, { description: 'Id of the letter.' })
  override id!: string;

  @Field(() => LetterState, { description: 'Where it stands.' })
  override state!: LetterState;

  @Field(() => WhyHeld, { nullable: true, description: 'Why somebody must decide; null when nobody must.' })
  override why!: WhyAsked | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when it waits for an hour that is safe.' })
  override notBefore!: Date | null | undefined;

  @Field(() => DateTimeISO, { description: 'When it was written.' })
  override createdAt!: Date;
}
PatientLetterSchema.setClass(PatientLetter);
