import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { Payload } from '../../platform/graphql/payload.js';

@InputType({ description: 'Has a list of listings sent to an address.' })
export class MailListInput {
  @Field(() => [ID], { description: 'The listings, in order; 20 at most.' })
  serviceIds!: string[];

  @Field(() => String, { description: 'Where to. It is deleted when the letter has left.' })
  email!: string;

  @Field(() => String, { description: '`en` or `es`: the language of the letter.' })
  language!: string;
}

@ObjectType({ description: 'The answer to `mailList`.' })
export class MailListPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'Whether the letter is on its way.' })
  sent!: boolean | null;
}
