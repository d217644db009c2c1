import { Field, ObjectType } from 'type-graphql';

/** A business reason why a mutation did not happen. It is part of the answer, not an error of the API. */
@ObjectType({ description: 'Why a mutation did not happen. Nothing was saved.' })
export class UserError {
  @Field(() => String, { description: 'A stable code in capitals, such as `CONSENT_MISSING`.' })
  code!: string;

  @Field(() => String, { description: 'One plain sentence for the person in front of the screen.' })
  message!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The input field it is about, such as `reason`; null for the whole.',
  })
  field!: string | null;
}

/** Thrown inside a mutation: everything is rolled back and the reason comes out in `userErrors`. */
export class Refusal extends Error {
  override readonly name = 'Refusal';

  constructor(
    readonly code: string,
    message: string,
    readonly field: string | null = null,
    /** What the payload says beside the reason, such as the thing as it stands now. */
    readonly answer: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
  }

  toUserError(): UserError {
    return Object.assign(new UserError(), { code: this.code, message: this.message, field: this.field });
  }
}

/** Stops the mutation for a business reason: `refuse('CONSENT_MISSING', 'Ask the patient for consent first.')`. */
export function refuse(
  code: string,
  message: string,
  field?: string,
  answer?: Readonly<Record<string, unknown>>,
): never {
  throw new Refusal(code, message, field ?? null, answer);
}
