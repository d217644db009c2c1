import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';

export const LinkWay = { EMAIL: 'EMAIL', TEXT: 'TEXT', PAPER: 'PAPER' } as const;
export type LinkWay = keyof typeof LinkWay;
registerEnumType(LinkWay, {
  name: 'LinkWay',
  description: 'How the link of a page is given to a person.',
  valuesConfig: { PAPER: { description: 'Shown or printed here and now, as a code to scan.' } },
});

const HelpLinkSchema = defineEntity({
  name: 'HelpLink',
  tableName: 'help_link',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    relatedPersonId: () => p.manyToOne(RelatedPerson).mapToPk().name('related_person_id').nullable(),
    tokenHash: p.type('Buffer').columnType('bytea').lazy(),
    way: p.text().$type<LinkWay>(),
    asksBirthYear: p.boolean(),
    createdBy: p.uuid(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    firstOpenedAt: p.datetime().nullable(),
    lastOpenedAt: p.datetime().nullable(),
    wrong: p.integer().default(0),
    revokedAt: p.datetime().nullable(),
    revokedBy: p.uuid().nullable(),
  },
});

@ObjectType({
  description: 'The link to a patient’s page, or to that of somebody around them. Its secret is kept nowhere.',
})
export class HelpLink extends HelpLinkSchema.class {
  @Field(() => ID, { description: 'Id of the link.' })
  override id!: string;

  @Field(() => LinkWay, { description: 'How it was given.' })
  override way!: LinkWay;

  @Field(() => Boolean, { description: 'Whether it asks for the year of birth first.' })
  override asksBirthYear!: boolean;

  @Field(() => DateTimeISO, { description: 'When it was made.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'Until when it works.' })
  override expiresAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was last opened; null for never.' })
  override lastOpenedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was taken back.' })
  override revokedAt!: Date | null | undefined;

  /** Whether it opens anything at a moment. */
  worksAt(now: Date): boolean {
    return !this.revokedAt && this.expiresAt > now && this.wrong < 5;
  }
}
HelpLinkSchema.setClass(HelpLink);
