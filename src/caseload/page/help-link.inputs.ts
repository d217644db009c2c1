import { Field, ID, InputType, Int } from 'type-graphql';
import { LinkWay } from './help-link.entity.js';

@InputType({ description: 'The link to a page, for a patient or for somebody around them.' })
export class MakeHelpLinkInput {
  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => ID, { nullable: true, description: 'Somebody around the patient; the patient when left out.' })
  relatedPersonId?: string | null;

  @Field(() => LinkWay, { description: 'How to give it to them.' })
  way!: LinkWay;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether it asks for the patient’s year of birth; yes at first.',
  })
  asksBirthYear?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'For how many days it works, 1 to 180; 60 when left out.' })
  days?: number | null;
}

@InputType({ description: 'A link to take back.' })
export class RevokeHelpLinkInput {
  @Field(() => ID, { description: 'Id of the link.' })
  id!: string;
}

@InputType({ description: 'A letter that is held for somebody of the care team.' })
export class SettleLetterInput {
  @Field(() => ID, { description: 'Id of the letter.' })
  id!: string;

  @Field(() => Boolean, {
    description: 'true tries it again, after how to reach the person was put right; false drops it.',
  })
  again!: boolean;
}
