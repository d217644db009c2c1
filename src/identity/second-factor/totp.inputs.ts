import { MaxLength } from 'class-validator';
import { Field, InputType } from 'type-graphql';

@InputType({ description: 'What `startTotp` takes: nothing for a first app, both fields to move to another one.' })
export class StartTotpInput {
  @Field(() => String, { nullable: true, description: 'The password.' })
  @MaxLength(1000)
  password?: string | null;

  @Field(() => String, { nullable: true, description: 'A code of the app that is set up, or a recovery code.' })
  @MaxLength(40)
  code?: string | null;
}

@InputType({ description: 'What `finishTotp` takes.' })
export class FinishTotpInput {
  @Field(() => String, { description: 'The secret that `startTotp` offered.' })
  @MaxLength(100)
  secret!: string;

  @Field(() => String, { description: 'The six digits the app shows.' })
  @MaxLength(40)
  code!: string;
}

@InputType({ description: 'What `turnOffTotp` takes.' })
export class TurnOffTotpInput {
  @Field(() => String, { description: 'The password.' })
  @MaxLength(1000)
  password!: string;

  @Field(() => String, { description: 'A code of the app, or a recovery code.' })
  @MaxLength(40)
  code!: string;
}
