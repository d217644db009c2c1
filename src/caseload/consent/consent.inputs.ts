import { Field, ID, InputType } from 'type-graphql';
import type { Sensitivity as SensitivityCode } from '../../access/sensitivity.js';
import { Sensitivity } from '../../directory/index.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { ConsentKind, ConsentMethod, ConsentPurpose, Grantor } from './words.js';

@InputType({ description: 'What a patient agreed to share.' })
export class RecordConsentInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => Grantor, { description: 'Who agreed.' })
  grantor!: Grantor;

  @Field(() => ID, { nullable: true, description: 'The related person who agreed, when it was not the patient.' })
  grantorRelatedPersonId?: string | null;

  @Field(() => ID, { nullable: true, description: 'The one organization that may receive.' })
  granteeOrganizationId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every community agency may receive, instead of one organization.',
  })
  allAgencies?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether every care team that treats the patient may receive, instead of one organization.',
  })
  allCareProviders?: boolean | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The one person around the patient who may see it, such as a daughter.',
  })
  granteeRelatedPersonId?: string | null;

  @Field(() => ConsentKind, {
    nullable: true,
    description: 'Only to say SCREENING; the other kinds follow from who may receive and what is named.',
  })
  kind?: ConsentKind | null;

  @Field(() => [String], { description: 'Codes of the SDOH categories it covers; at least one, none for SCREENING.' })
  categories!: string[];

  @Field(() => [Sensitivity], {
    nullable: true,
    description: 'Sensitive classes it names. Without its name none is shared.',
  })
  sensitivities?: SensitivityCode[] | null;

  @Field(() => ConsentPurpose, { description: 'What the information may be used for.' })
  purpose!: ConsentPurpose;

  @Field(() => ConsentMethod, { description: 'How it was given.' })
  method!: ConsentMethod;

  @Field(() => String, { nullable: true, description: 'Where the proof is, when no file of it is kept here.' })
  evidence?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The drawn signature or the scan, sent to `/files` before as `consent-evidence`.',
  })
  evidenceFileId?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether the text of `consentStatement` was read aloud word for word; evidence of a spoken consent.',
  })
  readAloud?: boolean | null;

  @Field(() => String, { nullable: true, description: 'Who witnessed it; required for a spoken consent.' })
  witness?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The language it was explained in; the patient’s when left out.',
  })
  language?: string | null;

  @Field(() => LocalDate, { nullable: true, description: 'Its last day. A date or an event is required.' })
  expiresOn?: string | null;

  @Field(() => String, { nullable: true, description: 'The event that ends it, in words.' })
  expiryEvent?: string | null;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice, 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'The event that ends a consent.' })
export class NoteConsentEventInput {
  @Field(() => ID, { description: 'Id of the consent.' })
  id!: string;
}

@InputType({ description: 'The end of a consent.' })
export class RevokeConsentInput {
  @Field(() => ID, { description: 'Id of the consent.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Why, at most 500 characters.' })
  reason?: string | null;
}
