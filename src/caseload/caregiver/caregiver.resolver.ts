import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { SdohCategory } from '../../directory/index.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { categoriesOf } from '../categories.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient, type PatientRow } from '../patient/patient.entity.js';
import { patientById } from '../patient/patient.loaders.js';
import { dayOf } from '../patient/scope.js';
import { Problems } from '../problems.js';
import { LinkOwnRecordInput, UnlinkOwnRecordInput, UpdateRelatedPersonInput } from './caregiver.inputs.js';
import { aroundWhom, givenTo } from './caregiver.loaders.js';
import { linkOwnRecord, unlinkOwnRecord } from './own-record.js';
import { updateRelatedPerson } from './update-related-person.js';

const payload = (mutation: string) =>
  payloadOf(mutation, 'relatedPerson', RelatedPerson, 'The person as they stand now.');
const LinkOwnRecordPayload = payload('LinkOwnRecord');
const UnlinkOwnRecordPayload = payload('UnlinkOwnRecord');
const UpdateRelatedPersonPayload = payload('UpdateRelatedPerson');
type PersonPayload = PayloadShape<'relatedPerson', RelatedPerson>;

/** Caregivers as persons: with a record, needs and help of their own. */
@Resolver(() => RelatedPerson)
export class CaregiverResolver {
  @Can('patient.write')
  @Mutation(() => LinkOwnRecordPayload, {
    description: 'Links somebody around a patient with a record of their own, that is there or is made.',
  })
  async linkOwnRecord(
    @Arg('input', () => LinkOwnRecordInput) input: LinkOwnRecordInput,
    @Ctx() ctx: HubContext,
  ): Promise<PersonPayload> {
    const done = await linkOwnRecord(ctx, input);
    if (done instanceof Problems) return { relatedPerson: null, userErrors: done.userErrors };
    return { relatedPerson: await load(ctx, RelatedPerson, done) };
  }

  @Can('patient.write')
  @Mutation(() => UnlinkOwnRecordPayload, { description: 'Takes such a link back; both records stay.' })
  async unlinkOwnRecord(
    @Arg('input', () => UnlinkOwnRecordInput) input: UnlinkOwnRecordInput,
    @Ctx() ctx: HubContext,
  ): Promise<PersonPayload> {
    return { relatedPerson: await unlinkOwnRecord(ctx, input.relatedPersonId) };
  }

  @Can('patient.write')
  @Mutation(() => UpdateRelatedPersonPayload, {
    description:
      'Changes somebody around a patient, or says that they are no longer there. CONFLICT when someone else was faster.',
  })
  async updateRelatedPerson(
    @Arg('input', () => UpdateRelatedPersonInput) input: UpdateRelatedPersonInput,
    @Ctx() ctx: HubContext,
  ): Promise<PersonPayload> {
    const done = await updateRelatedPerson(ctx, input);
    return done instanceof Problems ? { relatedPerson: null, userErrors: done.userErrors } : { relatedPerson: done };
  }

  @FieldResolver(() => Patient, {
    nullable: true,
    description: 'Their own record, when they are served too and the caller may see it.',
  })
  async ownRecord(@Root() { ownPatientId }: RelatedPerson, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return ownPatientId ? patientById(ctx, ownPatientId) : null;
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient around whom they stand.' })
  patient(@Root() { patientId }: RelatedPerson, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, patientId);
  }

  @FieldResolver(() => Boolean, { description: 'Whether they may decide for the patient today.' })
  decides(@Root() person: RelatedPerson, @Ctx() ctx: HubContext): boolean {
    return person.mayDecide(dayOf(ctx.clock.now()));
  }

  @FieldResolver(() => [SdohCategory], {
    description: 'Kinds of need that the patient lets them see; never a sensitive one.',
  })
  async maySee(@Root() { id }: RelatedPerson, @Ctx() ctx: HubContext): Promise<SdohCategory[]> {
    const consents = await givenTo(ctx, id);
    return categoriesOf([...new Set(consents.flatMap(({ categories }) => categories))]);
  }
}

@Resolver(() => Patient)
export class PatientCaresFor {
  @FieldResolver(() => [RelatedPerson], {
    description: 'Around whom this patient stands: each is what they are to another patient.',
  })
  caresFor(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly RelatedPerson[]> {
    return aroundWhom(ctx, patient.id);
  }
}
