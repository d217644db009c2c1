import { Field, ObjectType, registerEnumType } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { Payload } from '../../platform/graphql/payload.js';
import { Viewer, viewerOf } from '../viewer/viewer.js';
import type { Arrival } from './arrive.js';

export enum SignInStep {
  SIGNED_IN = 'SIGNED_IN',
  TOTP_REQUIRED = 'TOTP_REQUIRED',
  TOTP_SETUP_REQUIRED = 'TOTP_SETUP_REQUIRED',
}
registerEnumType(SignInStep, {
  name: 'SignInStep',
  description: 'How far a sign-in has come.',
  valuesConfig: {
    SIGNED_IN: { description: 'Done.' },
    TOTP_REQUIRED: { description: 'The code of the authenticator app is asked for: call `confirmTotp`.' },
    TOTP_SETUP_REQUIRED: {
      description: 'The role asks for an authenticator app: call `startTotp` and `finishTotp`, which signs in.',
    },
  },
});

@ObjectType({ description: 'The answer to a sign-in. The session itself comes as a cookie.' })
export class SignInPayload extends Payload {
  @Field(() => SignInStep, { nullable: true, description: 'How far it has come; null when it was refused.' })
  step?: SignInStep | null;

  @Field(() => Viewer, { nullable: true, description: 'Who is signed in now; null until then.' })
  viewer?: Viewer | null;
}

/** The payload for somebody who has arrived. */
export async function signInPayload(ctx: HubContext, arrival: Arrival): Promise<SignInPayload> {
  const done = arrival.step === 'SIGNED_IN';
  return {
    step: SignInStep[arrival.step],
    viewer: done ? await viewerOf(ctx.platform, arrival.sessionId) : null,
  };
}
