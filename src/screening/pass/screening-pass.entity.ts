import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

export const PassKind = { KIOSK: 'KIOSK', LINK: 'LINK' } as const;
export type PassKind = keyof typeof PassKind;
registerEnumType(PassKind, {
  name: 'ScreeningPassKind',
  description: 'How a patient answers alone.',
  valuesConfig: {
    KIOSK: { description: 'On a device of the care team that was handed over.' },
    LINK: { description: 'By a link, on a device of their own.' },
  },
});

export const PassSentBy = { EMAIL: 'EMAIL', TEXT: 'TEXT' } as const;
export type PassSentBy = keyof typeof PassSentBy;
registerEnumType(PassSentBy, { name: 'ScreeningPassSentBy', description: 'How a link went out.' });

const ScreeningPassSchema = defineEntity({
  name: 'ScreeningPass',
  tableName: 'screening_pass',
  properties: {
    id: p.uuid().primary(),
    screeningId: p.uuid(),
    careOrgId: p.uuid(),
    patientId: p.uuid(),
    kind: p.text().$type<PassKind>(),
    tokenHash: p.blob(),
    sentBy: p.text().$type<PassSentBy>().nullable(),
    sentAt: p.datetime().nullable(),
    checkBirthDate: p.boolean(),
    createdBy: p.uuid(),
    membershipId: p.uuid().nullable(),
    mfa: p.boolean(),
    createdAt: p.datetime(),
    expiresAt: p.datetime(),
    openedAt: p.datetime().nullable(),
    endedAt: p.datetime().nullable(),
    revokedAt: p.datetime().nullable(),
  },
});

@ObjectType({ description: 'A way for the patient to answer one screening alone. It only writes, and ends.' })
export class ScreeningPass extends ScreeningPassSchema.class {
  @Field(() => ID, { description: 'A UUID.' })
  override id!: string;

  @Field(() => PassKind, { description: 'How the patient answers.' })
  override kind!: PassKind;

  @Field(() => PassSentBy, {
    nullable: true,
    description: 'How the link went out; null when it was passed on by hand.',
  })
  override sentBy!: PassSentBy | null | undefined;

  @Field(() => Boolean, { description: 'Whether the birth date is asked before the questions.' })
  override checkBirthDate!: boolean;

  @Field(() => DateTimeISO, { description: 'When it was made.' })
  override createdAt!: Date;

  @Field(() => DateTimeISO, { description: 'Until when it works.' })
  override expiresAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the first answer came by it.' })
  override openedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was used to the end, or the screening ended.' })
  override endedAt!: Date | null | undefined;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was called back.' })
  override revokedAt!: Date | null | undefined;
}
ScreeningPassSchema.setClass(ScreeningPass);
