import {
  Arg,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Int,
  Mutation,
  ObjectType,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Can, load, type HubContext } from '../../access/index.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { fail } from '../../platform/graphql/errors.js';
import { ANYTHING } from '../../platform/live/heard.js';
import { Since } from '../../platform/live/since.js';
import { Consent } from '../consent/consent.entity.js';
import { consentById } from '../consent/consent.loaders.js';
import { MyHelp } from '../page/my-help.types.js';
import { Patient, type PatientRow } from '../patient/patient.entity.js';
import { patientById, relatedPersonById } from '../patient/patient.loaders.js';
import { personOf } from '../patient/scope.js';
import { recordAccess } from '../record-access.js';
import { Today } from '../today/today.js';
import { confirmPaper, ConfirmPaperInput } from './confirm-paper.js';
import { MySentPaper, mySentPapers, sendMyPapers, SendMyPapersInput, takeBackMyPaper, TakeBackMyPaperInput, tellPaper } from './my-sent-papers.js'; // prettier-ignore
import { newPapers, paperById, paperForUpdate, papersOf, PersonPaper } from './person-paper.js';

@InputType({ description: 'A paper that was looked at.' })
export class MarkPaperSeenInput {
  @Field(() => ID, { description: 'Its id.' })
  paperId!: string;
}

@ObjectType({ description: 'The answer to `sendMyPapers`.' })
class SendMyPapersPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many papers the care team has now.' })
  sent!: number | null;
}

@ObjectType({ description: 'The answer to `takeBackMyPaper`.' })
class TakeBackMyPaperPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'true: it is gone, and nobody looked at it.' })
  takenBack!: boolean | null;
}

const MarkPaperSeenPayload = payloadOf('MarkPaperSeen', 'paper', PersonPaper, 'The paper as it stands now.');
const ConfirmPaperPayload = payloadOf('ConfirmPaper', 'paper', PersonPaper, 'The paper as it stands now.');

@ObjectType({ description: 'A paper from a person that came or changed just now.' })
class LivePaper {
  @Field(() => PersonPaper, {
    nullable: true,
    description: 'The paper; null when the viewer may not see it, or when nobody knows what changed since.',
  })
  paper!: PersonPaper | null;
}

@Resolver(() => MyHelp)
export class MyHelpSentPapers {
  @FieldResolver(() => [MySentPaper], {
    description: 'Papers that were sent by this page, the latest first; on the person’s own one their family’s too.',
  })
  sentPapers(@Root() { withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MySentPaper[]> {
    return mySentPapers(ctx, withPrivate);
  }

  @Can('help.paper')
  @Mutation(() => SendMyPapersPayload, {
    description: 'Gives papers to the care team: nobody else sees them until a member of the team passes them on.',
  })
  async sendMyPapers(
    @Arg('input', () => SendMyPapersInput) input: SendMyPapersInput,
    @Ctx() ctx: HubContext,
  ): Promise<SendMyPapersPayload> {
    return Object.assign(new SendMyPapersPayload(), { sent: await sendMyPapers(ctx, input) });
  }

  @Can('help.paper')
  @Mutation(() => TakeBackMyPaperPayload, { description: 'Takes a paper back that nobody has looked at.' })
  async takeBackMyPaper(
    @Arg('input', () => TakeBackMyPaperInput) input: TakeBackMyPaperInput,
    @Ctx() ctx: HubContext,
  ): Promise<TakeBackMyPaperPayload> {
    await takeBackMyPaper(ctx, input.id);
    return Object.assign(new TakeBackMyPaperPayload(), { takenBack: true });
  }
}

@Resolver(() => PersonPaper)
export class PersonPaperResolver {
  @Can('patient.write')
  @Mutation(() => MarkPaperSeenPayload, {
    description: 'Says that a paper was looked at: it goes off the desk, and its sender sees so.',
  })
  async markPaperSeen(
    @Arg('input', () => MarkPaperSeenInput) { paperId }: MarkPaperSeenInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'paper', PersonPaper>> {
    const paper = await paperForUpdate(ctx, paperId);
    await load(ctx, Patient, paper.patientId, 'update', { what: 'Paper' });
    if (paper.seenAt) return { paper };
    const seenAt = ctx.clock.now();
    const values = [paperId, seenAt.toISOString(), personOf(ctx)];
    await ctx.db.query('update hub.person_paper set seen_at = $2, seen_by = $3 where file_id = $1', values);
    recordAccess(ctx, { action: 'paper.seen', patientId: paper.patientId, entity: 'person_paper', entityId: paperId });
    await tellPaper(ctx, paperId);
    return { paper: { ...paper, seenAt } };
  }

  @Can('consent.write')
  @Mutation(() => ConfirmPaperPayload, {
    description: 'Says that a paper is the signature under a consent; from then on it is kept as its evidence.',
  })
  async confirmPaper(
    @Arg('input', () => ConfirmPaperInput) input: ConfirmPaperInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'paper', PersonPaper>> {
    return { paper: await confirmPaper(ctx, input) };
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'Whose record it belongs to.' })
  patient(@Root() { patientId }: PersonPaper, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, patientId);
  }

  @FieldResolver(() => Consent, {
    nullable: true,
    description: 'The consent that it proves, once the care team confirmed that.',
  })
  async consent(@Root() { consentId }: PersonPaper, @Ctx() ctx: HubContext): Promise<Consent | null> {
    return consentId ? consentById(ctx, consentId) : null;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The name of who sent it, when it was not the patient.',
  })
  async sentBy(@Root() { relatedPersonId }: PersonPaper, @Ctx() ctx: HubContext): Promise<string | null> {
    return relatedPersonId ? ((await relatedPersonById(ctx, relatedPersonId))?.name ?? null) : null;
  }
}

@Resolver(() => Patient)
export class PatientPapers {
  @FieldResolver(() => [PersonPaper], {
    description: 'Papers that the patient or somebody around them sent from their page, the latest first; 100 at most.',
  })
  papers(@Root() patient: PatientRow, @Ctx() ctx: HubContext): Promise<readonly PersonPaper[]> {
    return papersOf(ctx, patient.id);
  }
}

interface Subscribing {
  context: HubContext;
  args: { since?: string | null };
}

@Resolver(() => Today)
export class TodayPapers {
  @FieldResolver(() => [PersonPaper], {
    description: 'Papers from patients that nobody has looked at; the oldest first, at most 20.',
  })
  newPapers(@Root() { mine }: Today, @Ctx() ctx: HubContext): Promise<PersonPaper[]> {
    return newPapers(ctx, mine ? (ctx.caller?.userId ?? null) : null);
  }

  @Can('patient.write')
  @Subscription(() => LivePaper, {
    description: 'Each paper that comes from a patient of the viewer’s organization, or is dealt with, as it happens.',
    subscribe: ({ context, args }: Subscribing) =>
      context.platform.live.subscribe('papers', context.caller?.organizationId ?? fail.unauthenticated(), args.since),
  })
  async papersChanged(
    @Root() id: string,
    @Since() _since: string | null | undefined,
    @Ctx() ctx: HubContext,
  ): Promise<LivePaper> {
    const paper = id === ANYTHING ? null : await paperById(ctx, id);
    if (paper) {
      recordAccess(ctx, { action: 'paper.live', patientId: paper.patientId, entity: 'person_paper', entityId: id });
    }
    return { paper };
  }
}
