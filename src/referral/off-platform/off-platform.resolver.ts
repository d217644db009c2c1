import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { Patient, patientById, shortListPage } from '../../caseload/index.js';
import { categoriesOfCodes, SdohCategory, Sensitivity, Service, serviceById } from '../../directory/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { Need, needById } from '../../screening/index.js';
import { OffPlatformReferral, OffPlatformStep } from './off-platform.entity.js';
import { OffPlatformStatus } from './off-platform.enums.js';
import { RecordOffPlatformReferralInput, UpdateOffPlatformReferralInput } from './off-platform.inputs.js';
import { needIdsOfOffPlatform, offPlatformOfPatient, stepsOf } from './off-platform.loaders.js';
import { OFF_PLATFORM_STEPS, type OffPlatformStatus as Status } from './machine.js';
import { recordOffPlatform } from './record.js';
import { updateOffPlatform } from './step.js';

const RecordPayload = payloadOf('RecordOffPlatformReferral', 'referral', OffPlatformReferral, 'What was recorded.');
const UpdatePayload = payloadOf('UpdateOffPlatformReferral', 'referral', OffPlatformReferral, 'How it stands now.');
type Answer = PayloadShape<'referral', OffPlatformReferral>;
const OffPlatformReferralConnection = connectionOf(OffPlatformReferral);

@Resolver(() => OffPlatformReferral)
export class OffPlatformResolver {
  @Can('referral.send')
  @Mutation(() => RecordPayload, {
    description: 'Writes down that help was asked for outside the hub, such as by phone, with its follow-ups.',
  })
  async recordOffPlatformReferral(
    @Arg('input', () => RecordOffPlatformReferralInput) input: RecordOffPlatformReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<Answer> {
    const record = async (): Promise<string> => (await recordOffPlatform(ctx, input)).id;
    const id = await once(ctx, input.idempotencyKey, 'recordOffPlatformReferral', input, record);
    return { referral: await load(ctx, OffPlatformReferral, id) };
  }

  @Can('referral.send')
  @Mutation(() => UpdatePayload, { description: 'Writes down what became known about help outside the hub.' })
  async updateOffPlatformReferral(
    @Arg('input', () => UpdateOffPlatformReferralInput) input: UpdateOffPlatformReferralInput,
    @Ctx() ctx: HubContext,
  ): Promise<Answer> {
    return { referral: await updateOffPlatform(ctx, input) };
  }

  @FieldResolver(() => String, { description: 'Who was asked.' })
  async askedName(@Root() referral: OffPlatformReferral, @Ctx() ctx: HubContext): Promise<string> {
    const service = referral.serviceId ? await serviceById(ctx, referral.serviceId) : null;
    return service?.name ?? referral.agencyName ?? '';
  }

  @FieldResolver(() => Service, { nullable: true, description: 'The service; null for one that the directory lacks.' })
  async service(@Root() referral: OffPlatformReferral, @Ctx() ctx: HubContext): Promise<Service | null> {
    return referral.serviceId ? serviceById(ctx, referral.serviceId) : null;
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient.' })
  patient(@Root() referral: OffPlatformReferral, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, referral.patientId);
  }

  @FieldResolver(() => [SdohCategory], { description: 'What kinds of need it is about.' })
  categories(@Root() referral: OffPlatformReferral): SdohCategory[] {
    return categoriesOfCodes(referral.categories);
  }

  @FieldResolver(() => Sensitivity, { description: 'The most sensitive class it is about; NONE for most.' })
  sensitivity(@Root() referral: OffPlatformReferral): string {
    return referral.sensitivity;
  }

  @FieldResolver(() => [Need], { description: 'The needs it is for.' })
  async needs(@Root() referral: OffPlatformReferral, @Ctx() ctx: HubContext): Promise<Need[]> {
    const links = await needIdsOfOffPlatform(ctx, referral.id);
    const needs = await Promise.all(links.map(({ needId }) => needById(ctx, needId)));
    return needs.filter((need) => need !== null);
  }

  @FieldResolver(() => [OffPlatformStep], { description: 'What became known, oldest first.' })
  steps(@Root() referral: OffPlatformReferral, @Ctx() ctx: HubContext): Promise<readonly OffPlatformStep[]> {
    return stepsOf(ctx, referral.id);
  }

  @FieldResolver(() => [OffPlatformStatus], { description: 'What may follow now.' })
  nextStatuses(@Root() { status }: OffPlatformReferral): readonly Status[] {
    return OFF_PLATFORM_STEPS[status];
  }
}

@Resolver(() => Patient)
export class PatientOffPlatform {
  @Can('referral.send')
  @FieldResolver(() => OffPlatformReferralConnection, {
    description: 'Help that was asked for outside the hub, the latest first.',
  })
  async offPlatformReferrals(
    @Root() patient: { id: string },
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<OffPlatformReferral>> {
    return shortListPage('offPlatformReferrals', await offPlatformOfPatient(ctx, patient.id), page);
  }
}
