import { Field, ObjectType } from 'type-graphql';
import { loopState } from './loop.js';
import type { Referral } from './referral.entity.js';

@ObjectType({ description: 'Three facts that are not the same, and whether they agree.' })
export class Loop {
  @Field(() => Boolean, { description: 'The agency has finished: completed, failed or declined.' })
  closedByAgency!: boolean;

  @Field(() => Boolean, { description: 'The agency says that help was given.' })
  helpReceived!: boolean;

  @Field(() => Boolean, { description: 'The patient says that help came.' })
  confirmedByPatient!: boolean;

  @Field(() => Boolean, { description: 'The agency and the patient say different things.' })
  disagreement!: boolean;

  @Field(() => Boolean, { description: 'The patient’s own word differs from what the care manager noted.' })
  wordsDiffer!: boolean;

  @Field(() => Boolean, { description: 'The agency’s result is known and the patient does not contradict it.' })
  closed!: boolean;
}

/** The loop of a referral as the API shows it. */
export function loopOf(referral: Pick<Referral, 'status' | 'outcome' | 'patientConfirmation' | 'ownWord'>): Loop {
  const { status, outcome = null, patientConfirmation = null, ownWord = null } = referral;
  const { loopClosed, ...facts } = loopState({ status, outcome, patientConfirmation, ownWord });
  return { ...facts, closed: loopClosed };
}
