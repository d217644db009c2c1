import { Arg, Ctx, Extensions, Field, FieldResolver, InputType, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql'; // prettier-ignore
import { Can, type HubContext } from '../../access/index.js';
import { Problems } from '../../caseload/index.js';
import { Colleague, colleagueById } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { questionnaireOf } from '../fhir/questionnaire-out.js';
import { instrumentType, InstrumentType } from '../instrument.resolver.js';
import type { Instrument } from '../instrument.js';
import { instrumentOf, instrumentVersions } from '../instruments.js';
import { leftIn, uploadInstrument, useInstrument } from './upload-instrument.js';

@ObjectType({ description: 'One version of a form, in use or not.' })
export class InstrumentVersion {
  @Field(() => String, { description: 'The form’s name for programs.' })
  key!: string;

  @Field(() => String, { description: 'Its version, such as `1.0.0`.' })
  version!: string;

  @Field(() => Boolean, { description: 'Whether new screenings begin with it.' })
  active!: boolean;

  @Field(() => Boolean, { description: 'Whether somebody uploaded it; the others came with the hub.' })
  uploaded!: boolean;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was uploaded.' })
  uploadedAt!: Date | null;

  /** Not part of the API. */
  uploadedBy!: string | null;
}

@ObjectType({ description: 'Something in a FHIR Questionnaire that the hub cannot hold.' })
class QuestionLeftOut {
  @Field(() => String, { description: 'Where it stands in the Questionnaire.' })
  linkId!: string;

  @Field(() => String, { description: 'Why, in words.' })
  why!: string;
}

@InputType({ description: 'A form to take.' })
class UploadInstrumentInput {
  @Extensions({ bound: 200_000 })
  @Field(() => String, {
    description:
      'The form’s JSON: the hub’s own (docs/instrument.schema.json) or a FHIR R4 Questionnaire. At most 200,000 characters.',
  })
  text!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Take a Questionnaire although something of it is left out; it is refused otherwise, and named.',
  })
  acceptLeft?: boolean | null;
}

@InputType({ description: 'Which version of a form is in use.' })
class UseInstrumentInput {
  @Field(() => String, { description: 'The form’s name for programs.' })
  key!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The version to begin screenings with; null takes the form out.',
  })
  version?: string | null;
}

@ObjectType({ description: 'The answer to `uploadInstrument`.' })
class UploadInstrumentPayload extends Payload {
  @Field(() => InstrumentType, { nullable: true, description: 'The form as it was taken; null when it was not.' })
  instrument!: InstrumentType | null;

  @Field(() => [QuestionLeftOut], { nullable: true, description: 'What of a Questionnaire is left out.' })
  leftOut!: QuestionLeftOut[] | null;
}

@ObjectType({ description: 'The answer to `useInstrument`.' })
class UseInstrumentPayload extends Payload {
  @Field(() => [InstrumentVersion], { nullable: true, description: 'All versions as they stand now.' })
  versions!: InstrumentVersion[] | null;
}

const file = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

@Resolver(() => InstrumentType)
export class InstrumentDeskResolver {
  @Can('instrument.write')
  @Query(() => [InstrumentVersion], { description: 'All versions of all forms: those of one form stand together.' })
  instrumentVersions(@Ctx() ctx: HubContext): Promise<InstrumentVersion[]> {
    return instrumentVersions(ctx);
  }

  @Can('screening.read', 'instrument.write')
  @Query(() => InstrumentType, { description: 'One version of a form, in use or not.' })
  async instrument(
    @Arg('key', () => String, { description: 'The form’s name for programs.' }) key: string,
    @Arg('version', () => String, { description: 'Its version, such as `1.0.0`.' }) version: string,
    @Ctx() ctx: HubContext,
  ): Promise<InstrumentType> {
    const known = (await instrumentVersions(ctx)).some((one) => one.key === key && one.version === version);
    return known ? instrumentType(await instrumentOf(ctx, key, version)) : fail.notFound('Instrument');
  }

  @Can('instrument.write')
  @Mutation(() => UploadInstrumentPayload, { description: 'Takes a form; it is in use at once.' })
  async uploadInstrument(
    @Arg('input', () => UploadInstrumentInput) input: UploadInstrumentInput,
    @Ctx() ctx: HubContext,
  ): Promise<UploadInstrumentPayload> {
    const done = await uploadInstrument(ctx, input);
    if (done instanceof Problems) return { instrument: null, leftOut: [], userErrors: done.userErrors };
    const leftOut = leftIn(ctx, done.left);
    return { instrument: 'form' in done ? instrumentType(done.form) : null, leftOut };
  }

  @Can('instrument.write')
  @Mutation(() => UseInstrumentPayload, {
    description: 'Puts a version in use, or takes the form out. Screenings that are under way go on with theirs.',
  })
  async useInstrument(
    @Arg('input', () => UseInstrumentInput) input: UseInstrumentInput,
    @Ctx() ctx: HubContext,
  ): Promise<UseInstrumentPayload> {
    await useInstrument(ctx, input.key, input.version ?? null);
    return { versions: await instrumentVersions(ctx) };
  }

  @FieldResolver(() => String, {
    description: 'The form as a file of the hub’s own JSON (docs/instrument.schema.json).',
  })
  json(@Root() { form }: { form: Instrument }): string {
    return file(form);
  }

  @FieldResolver(() => String, { description: 'The form as a FHIR R4 Questionnaire, in JSON.' })
  questionnaire(@Root() { form }: { form: Instrument }): string {
    return file(questionnaireOf(form));
  }
}

@Resolver(() => InstrumentVersion)
export class InstrumentVersionResolver {
  @FieldResolver(() => String, { description: 'The form’s title.' })
  async title(@Root() { key, version }: InstrumentVersion, @Ctx() ctx: HubContext): Promise<string> {
    return (await instrumentOf(ctx, key, version)).title[ctx.language];
  }

  @FieldResolver(() => Colleague, { nullable: true, description: 'Who uploaded it; null for those of the hub.' })
  uploadedBy(@Root() { uploadedBy }: InstrumentVersion, @Ctx() ctx: HubContext): Promise<Colleague | null> | null {
    return uploadedBy ? colleagueById(ctx, uploadedBy) : null;
  }
}
