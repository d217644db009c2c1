import { Arg, Args, Ctx, Field, FieldResolver, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, definePolicy, load, where, type HubContext } from '../../access/index.js';
import { Colleague, colleagueById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { Patient, type PatientRow } from '../patient/patient.entity.js';
import { patientById } from '../patient/patient.loaders.js';
import { recordAccess } from '../record-access.js';
import { breakGlass } from './break-glass.js';
import { EmergencyAccess, type EmergencyRow } from './emergency.entity.js';
import {
  BreakGlassInput,
  CloseEmergencyInput,
  RestrictPatientInput,
  ReviewEmergencyInput,
} from './emergency.inputs.js';
import { careTeamOf, emergenciesOf } from './emergency.loaders.js';
import { listEmergencies } from './list-emergencies.js';
import { restrictPatient } from './restrict-patient.js';

definePolicy(EmergencyAccess, {
  read: (caller) =>
    (caller.permissions.has('emergency.open') || caller.permissions.has('audit.read')) && {
      careOrgId: caller.organizationId,
    },
});

const EmergencyConnection = connectionOf(EmergencyAccess);
const BreakGlassPayload = payloadOf('BreakGlass', 'access', EmergencyAccess, 'What was opened, and until when.');
const CloseEmergencyPayload = payloadOf('CloseEmergency', 'access', EmergencyAccess, 'The opening as it stands now.');
const ReviewEmergencyPayload = payloadOf('ReviewEmergency', 'access', EmergencyAccess, 'The opening as it stands now.');
type AccessPayload = PayloadShape<'access', EmergencyAccess>;

@ObjectType({ description: 'The answer to `restrictPatient`.' })
class RestrictPatientPayload extends Payload {
  @Field(() => Patient, { nullable: true, description: 'The patient, unless the caller no longer sees the record.' })
  patient!: Patient | null;
}

/** Protected records, and opening them in an emergency. */
@Resolver(() => EmergencyAccess)
export class EmergencyResolver {
  @Can('emergency.open')
  @Mutation(() => BreakGlassPayload, {
    description: 'Opens a protected record for an hour. The care team and the privacy officers learn of it.',
  })
  async breakGlass(
    @Arg('input', () => BreakGlassInput) input: BreakGlassInput,
    @Ctx() ctx: HubContext,
  ): Promise<AccessPayload> {
    return { access: await breakGlass(ctx, input) };
  }

  @Can('viewer.read')
  @Mutation(() => CloseEmergencyPayload, { description: 'Ends an opening before its hour is over.' })
  async closeEmergency(
    @Arg('input', () => CloseEmergencyInput) { id }: CloseEmergencyInput,
    @Ctx() ctx: HubContext,
  ): Promise<AccessPayload> {
    const access = await load(ctx, EmergencyAccess, id);
    const [done] = await ctx.db.query<{ done: boolean }>('select hub.close_emergency($1) as done', [id]);
    if (done?.done) this.#note(ctx, 'emergency.close', access);
    return { access: await this.#again(ctx, access) };
  }

  @Can('audit.read')
  @Mutation(() => ReviewEmergencyPayload, { description: 'Says whether the reason of an opening holds.' })
  async reviewEmergency(
    @Arg('input', () => ReviewEmergencyInput) input: ReviewEmergencyInput,
    @Ctx() ctx: HubContext,
  ): Promise<AccessPayload> {
    const access = await load(ctx, EmergencyAccess, input.id);
    const note = input.note?.trim() || null;
    if (input.verdict === 'FOLLOW_UP' && !note) refuse('REQUIRED', 'Say what has to be looked into.', 'note');
    if (note && note.length > 1000) refuse('TOO_LONG', 'Use at most 1000 characters.', 'note');
    if (access.userId === ctx.caller?.userId) refuse('OWN', 'Somebody else has to review what you opened.');
    const values = [input.id, input.verdict, note, ctx.clock.now()];
    const [done] = await ctx.db.query<{ done: boolean }>('select hub.review_emergency($1, $2, $3, $4) as done', values);
    if (!done?.done) fail.forbidden();
    this.#note(ctx, 'emergency.review', access);
    return { access: await this.#again(ctx, access) };
  }

  @Can('patient.restrict')
  @Mutation(() => RestrictPatientPayload, {
    description: 'Protects a record, so that in the organization too only the care team sees it, or ends that.',
  })
  async restrictPatient(
    @Arg('input', () => RestrictPatientInput) input: RestrictPatientInput,
    @Ctx() ctx: HubContext,
  ): Promise<RestrictPatientPayload> {
    const id = await restrictPatient(ctx, input);
    const em = await ctx.db.em();
    em.clear();
    const patient = await em.findOne(Patient, { $and: [{ id }, where(ctx, Patient)] });
    return Object.assign(new RestrictPatientPayload(), { patient });
  }

  @Can('audit.read')
  @Query(() => EmergencyConnection, {
    description: 'Openings of protected records; those that wait for a review first.',
  })
  async emergencyAccesses(
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<EmergencyRow>> {
    const found = await listEmergencies(ctx, page);
    const patientIds = found.edges.map(({ node }) => node.patientId);
    recordAccess(ctx, {
      action: 'emergency.list',
      patientIds,
      entity: 'emergency_access',
      detail: { count: patientIds.length },
    });
    return found;
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'Whose record it is, while the caller may see that.' })
  patient(@Root() { patientId }: EmergencyRow, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, patientId);
  }

  @FieldResolver(() => DateTimeISO, { description: 'When it closes by itself, or was closed.' })
  closesAt(@Root() { closedAt, endsAt }: EmergencyRow): Date {
    return closedAt ?? endsAt;
  }

  @FieldResolver(() => Boolean, { description: 'Whether the record is open to the caller by this now.' })
  viewerIsIn(@Root() { userId, closedAt, endsAt }: EmergencyRow, @Ctx() ctx: HubContext): boolean {
    return userId === ctx.caller?.userId && !closedAt && endsAt > ctx.clock.now();
  }

  #note(ctx: HubContext, action: string, access: EmergencyAccess): void {
    recordAccess(ctx, { action, patientId: access.patientId, entity: 'emergency_access', entityId: access.id });
  }

  async #again(ctx: HubContext, access: EmergencyAccess): Promise<EmergencyAccess> {
    return (await ctx.db.em()).refreshOrFail(access);
  }
}

@Resolver(() => Patient)
export class PatientProtection {
  @FieldResolver(() => [EmergencyAccess], {
    description: 'Who opened the protected record in an emergency, the latest first.',
  })
  emergencies(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly EmergencyAccess[]> {
    return emergenciesOf(ctx, patient.id);
  }

  @FieldResolver(() => [Colleague], { description: 'Who sees the protected record beside the care manager.' })
  async careTeam(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<Colleague[]> {
    const ids = await careTeamOf(ctx, patient.id);
    const team = await Promise.all(ids.map(({ userId }) => colleagueById(ctx, userId)));
    return team.filter((one) => one !== null);
  }
}
