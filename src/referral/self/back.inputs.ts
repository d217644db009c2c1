import { Field, ID, InputType, ObjectType } from 'type-graphql';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Payload } from '../../platform/graphql/payload.js';
import { SelfWay } from './self.enums.js';

@InputType({ description: 'How somebody was reached who asked for themselves, and lost the link of their page.' })
export class AskForMyPagesInput {
  @Field(() => SelfWay, { description: 'EMAIL or TEXT: a number that is only called gets no code.' })
  way!: SelfWay;

  @Field(() => String, { description: 'The address or the number that was given before, at most 254 characters.' })
  address!: string;

  @Field(() => String, {
    nullable: true,
    description: 'A language such as `es`; the one of the request when left out.',
  })
  language?: string | null;
}

@InputType({ description: 'The code that came.' })
export class OpenMyPagesInput {
  @Field(() => ID, { description: 'What `askForMyPages` answered.' })
  ticket!: string;

  @Field(() => String, { description: 'The six digits that were sent.' })
  code!: string;
}

@ObjectType({ description: 'A new link to the page of something that was asked for.' })
export class MyPageAgain {
  @Field(() => DateTimeISO, { description: 'When it was asked for.' })
  askedAt!: Date;

  @Field(() => String, { description: 'The address of the page. It is kept nowhere.' })
  url!: string;
}

@ObjectType({ description: 'The answer to `askForMyPages`. It is the same whether anybody ever asked.' })
export class AskForMyPagesPayload extends Payload {
  @Field(() => ID, { nullable: true, description: 'To be sent back with the code, within 30 minutes.' })
  ticket!: string | null;
}

@ObjectType({ description: 'The answer to `openMyPages`.' })
export class OpenMyPagesPayload extends Payload {
  @Field(() => [MyPageAgain], {
    nullable: true,
    description: 'The pages, the latest first, 5 at most; none when nobody asked by this way.',
  })
  pages!: MyPageAgain[] | null;
}
