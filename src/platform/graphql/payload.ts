import { Field, ObjectType, type ClassType } from 'type-graphql';
import { UserError } from './refusal.js';

/** What every mutation answers with beside its own nullable fields. Resolvers may leave `userErrors` out. */
@ObjectType({ description: 'The answer to a mutation.' })
export class Payload {
  @Field(() => [UserError], { description: 'Why nothing was done; empty when it was.' })
  userErrors?: UserError[];
}

/** What the resolver of a mutation with one thing returns. */
export type PayloadShape<K extends string, T> = { [P in K]: T | null } & Payload;

/**
 * A payload with one nullable thing: `payloadOf('SendReferral', 'referral', Referral, 'The referral as it stands now.')`
 * makes `SendReferralPayload { referral, userErrors }`. Resolvers return `{ referral }`.
 */
export function payloadOf<K extends string, T extends object>(
  mutation: string,
  field: K,
  Type: ClassType<T>,
  description: string,
): ClassType<PayloadShape<K, T>> {
  @ObjectType(`${mutation}Payload`, {
    description: `The answer to \`${mutation.charAt(0).toLowerCase()}${mutation.slice(1)}\`.`,
  })
  class ThingPayload extends Payload {}
  Field(() => Type, { nullable: true, description })(ThingPayload.prototype, field);
  return ThingPayload as ClassType<PayloadShape<K, T>>;
}
