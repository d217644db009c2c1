import { Arg, Args, Ctx, FieldResolver, ID, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { SdohCategory } from '../../directory/index.js';
import { Colleague, colleagueById, Organization, organizationById } from '../../identity/index.js';
import { connectionOf, PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { categoriesOf } from '../categories.js';
import { Problems } from '../problems.js';
import { addRelatedPerson } from './add-related-person.js';
import { Coverage, RelatedPerson } from './around.entity.js';
import { assignPatient } from './assign-patient.js';
import { Patient, type PatientRow } from './patient.entity.js';
import {
  AddRelatedPersonInput,
  AssignPatientInput,
  PatientFilter,
  PatientSort,
  RegisterPatientInput,
  UpdatePatientInput,
} from './patient.inputs.js';
import { careManagerIdOf, coveragesOf, relatedPersonsOf } from './patient.loaders.js';
import { listPatients } from './patient.queries.js';
import { registerPatient } from './register-patient.js';
import { dayOf, yearsBetween } from './scope.js';
import { PatientSummary, summaryOf } from './summary.js';
import { updatePatient } from './update-patient.js';
import { recordAccess } from '../record-access.js';

const PatientConnection = connectionOf(Patient);
const RegisterPatientPayload = payloadOf('RegisterPatient', 'patient', Patient, 'The patient as registered.');
const UpdatePatientPayload = payloadOf('UpdatePatient', 'patient', Patient, 'The patient as it stands now.');
const AssignPatientPayload = payloadOf('AssignPatient', 'patient', Patient, 'The patient as it stands now.');
const AddRelatedPersonPayload = payloadOf(
  'AddRelatedPerson',
  'relatedPerson',
  RelatedPerson,
  'The person who was added.',
);

@Resolver(() => Patient)
export class PatientResolver {
  @Can('patient.read')
  @Query(() => PatientConnection, {
    description: 'The patients of the caller’s organization; active ones unless asked otherwise.',
  })
  async patients(
    @Arg('filter', () => PatientFilter, { nullable: true }) filter: PatientFilter | null,
    @Arg('sort', () => PatientSort, { nullable: true }) sort: PatientSort | null,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() ctx: HubContext,
  ): Promise<Connection<PatientRow>> {
    const found = await listPatients(ctx, filter ?? {}, sort ?? 'RISK', page);
    const asked = Object.entries(filter ?? {}).filter(([, value]) => value !== null && value !== undefined);
    recordAccess(ctx, {
      action: filter?.text ? 'patient.search' : 'patient.list',
      patientIds: found.edges.map((edge) => edge.node.id),
      entity: 'patient',
      detail: { count: found.edges.length, filters: asked.map(([name]) => name) },
    });
    return found;
  }

  @Can('patient.read')
  @Query(() => Patient, { description: 'One patient of the caller’s organization.' })
  async patient(@Arg('id', () => ID) id: string, @Ctx() ctx: HubContext): Promise<Patient> {
    const patient = await load(ctx, Patient, id);
    recordAccess(ctx, { action: 'patient.read', patientId: id, entity: 'patient', entityId: id });
    return patient;
  }

  @Can('patient.write')
  @Mutation(() => RegisterPatientPayload, { description: 'Registers a patient of the caller’s organization.' })
  async registerPatient(
    @Arg('input', () => RegisterPatientInput) input: RegisterPatientInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'patient', Patient>> {
    const done = await registerPatient(ctx, input);
    return done instanceof Problems
      ? { patient: null, userErrors: done.userErrors }
      : { patient: await load(ctx, Patient, done) };
  }

  @Can('patient.write')
  @Mutation(() => UpdatePatientPayload, { description: 'Changes a patient. CONFLICT when someone else was faster.' })
  async updatePatient(
    @Arg('input', () => UpdatePatientInput) input: UpdatePatientInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'patient', Patient>> {
    const done = await updatePatient(ctx, input);
    return done instanceof Problems ? { patient: null, userErrors: done.userErrors } : { patient: done };
  }

  @Can('patient.write')
  @Mutation(() => AddRelatedPersonPayload, { description: 'Adds someone around a patient.' })
  async addRelatedPerson(
    @Arg('input', () => AddRelatedPersonInput) input: AddRelatedPersonInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'relatedPerson', RelatedPerson>> {
    const done = await addRelatedPerson(ctx, input);
    return done instanceof Problems ? { relatedPerson: null, userErrors: done.userErrors } : { relatedPerson: done };
  }

  @Can('patient.assign')
  @Mutation(() => AssignPatientPayload, { description: 'Gives a patient to a care manager of the organization.' })
  async assignPatient(
    @Arg('input', () => AssignPatientInput) input: AssignPatientInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'patient', Patient>> {
    return { patient: await assignPatient(ctx, input) };
  }

  @FieldResolver(() => String, { description: 'The name to show: preferred or given name, then family name.' })
  displayName(@Root() patient: PatientRow): string {
    return `${patient.preferredName ?? patient.givenName} ${patient.familyName}`;
  }

  @FieldResolver(() => Int, { nullable: true, description: 'Age in whole years today; null when it is not known.' })
  ageYears(@Root() patient: PatientRow, @Ctx() ctx: HubContext): number | null {
    return yearsBetween(patient.birthDate, dayOf(ctx.clock.now()));
  }

  @FieldResolver(() => Colleague, { nullable: true, description: 'Who looks after the patient now.' })
  async careManager(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<Colleague | null> {
    const read = patient.careManagerId;
    const userId = read === undefined ? (await careManagerIdOf(ctx, patient.id))[0]?.userId : read;
    return userId ? colleagueById(ctx, userId) : null;
  }

  @FieldResolver(() => [Coverage], { description: 'Health plans of the patient, the newest span first.' })
  async coverages(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly Coverage[]> {
    return coveragesOf(ctx, patient.id);
  }

  @FieldResolver(() => [RelatedPerson], { description: 'People around the patient.' })
  async relatedPersons(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly RelatedPerson[]> {
    return relatedPersonsOf(ctx, patient.id);
  }

  @FieldResolver(() => PatientSummary, { description: 'What is open, and whether a screening is due.' })
  summary(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<PatientSummary> {
    return summaryOf(ctx, patient.id);
  }

  @FieldResolver(() => Boolean, { description: 'Whether the caller may change the patient.' })
  viewerCanUpdate(@Root() patient: PatientRow, @Ctx() ctx: HubContext): boolean {
    const { caller } = ctx;
    return caller?.organizationId === patient.careOrgId && caller.permissions.has('patient.write');
  }
}

@Resolver(() => Coverage)
export class CoverageResolver {
  @FieldResolver(() => Organization, { description: 'The health plan.' })
  plan(@Root() coverage: { planOrgId: string }, @Ctx() ctx: HubContext): Promise<Organization | null> {
    return organizationById(ctx, coverage.planOrgId);
  }
}

@Resolver(() => PatientSummary)
export class PatientSummaryResolver {
  @FieldResolver(() => [SdohCategory], { description: 'Categories of the open needs, each once.' })
  needCategories(@Root() summary: PatientSummary): SdohCategory[] {
    return categoriesOf(summary.categoryCodes);
  }
}
