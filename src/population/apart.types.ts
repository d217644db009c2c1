import { Field, ObjectType } from 'type-graphql';
import type { ShownApart } from './apart.js';
import { cellOf, rateOf } from './cells.js';
import { CountCell, RateCell } from './population.types.js';

@ObjectType({ description: 'Referrals for an assessment; in no step of the funnel.' })
export class AssessmentFigures {
  @Field(() => CountCell, { description: 'Assessments asked for in the period.' })
  asked!: CountCell;

  @Field(() => RateCell, { description: 'Done, out of those asked for.' })
  done!: RateCell;

  @Field(() => RateCell, { description: 'A need was found, out of those done.' })
  needFound!: RateCell;
}

@ObjectType({ description: 'Help asked for outside the hub, such as by phone; in no step of the funnel.' })
export class OffPlatformFigures {
  @Field(() => CountCell, { description: 'Asked for in the period.' })
  asked!: CountCell;

  @Field(() => RateCell, { description: 'Help was given, as the care team heard, out of those asked for.' })
  helped!: RateCell;

  @Field(() => RateCell, {
    description: 'Help confirmed by the patient, out of those where the patient was asked and could be.',
  })
  confirmedByPatient!: RateCell;
}

@ObjectType({ description: 'What is counted apart from the funnel: in none of its steps and none of its bases.' })
export class CountedApart {
  @Field(() => AssessmentFigures, { description: 'Assessments.' })
  assessments!: AssessmentFigures;

  @Field(() => OffPlatformFigures, { description: 'Help asked for outside the hub.' })
  offPlatform!: OffPlatformFigures;
}

export function apartFigures({ assessments, offPlatform }: ShownApart): CountedApart {
  return {
    assessments: {
      asked: cellOf(assessments.asked),
      done: rateOf(assessments.done, assessments.asked),
      needFound: rateOf(assessments.needFound, assessments.done),
    },
    offPlatform: {
      asked: cellOf(offPlatform.asked),
      helped: rateOf(offPlatform.helped, offPlatform.asked),
      confirmedByPatient: rateOf(offPlatform.confirmed, offPlatform.patientAsked),
    },
  };
}
