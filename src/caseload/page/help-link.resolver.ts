import { LockMode } from '@mikro-orm/postgresql';
import { Arg, Ctx, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Can, definePolicy, load, manyBy, where, type HubContext } from '../../access/index.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { Payload, payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { enqueue } from '../../platform/jobs/enqueue.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';
import { patientById, relatedPersonById } from '../patient/patient.loaders.js';
import { ownedBy } from '../patient/patient.policy.js';
import { personOf } from '../patient/scope.js';
import { PatientLetter } from '../reach/patient-letter.entity.js';
import { SEND_LETTER } from '../reach/write-letter.js';
import { recordAccess } from '../record-access.js';
import { Today } from '../today/today.js';
import { HelpLink } from './help-link.entity.js';
import { MakeHelpLinkInput, RevokeHelpLinkInput, SettleLetterInput } from './help-link.inputs.js';
import { makeHelpLink, revokeHelpLink } from './make-help-link.js';

definePolicy(HelpLink, { read: ownedBy('patient.read'), update: ownedBy('patient.write') });
definePolicy(PatientLetter, { read: ownedBy('patient.read'), update: ownedBy('patient.write') });

@ObjectType({ description: 'The answer to `makeHelpLink`.' })
class MakeHelpLinkPayload extends Payload {
  @Field(() => HelpLink, { nullable: true, description: 'The link.' })
  link!: HelpLink | null;

  @Field(() => String, {
    nullable: true,
    description: 'The address to show as a code, for PAPER alone. It is answered once and kept nowhere.',
  })
  url!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it will go, if it waits for an hour that is safe.' })
  goesAt!: Date | null;
}

const RevokeHelpLinkPayload = payloadOf('RevokeHelpLink', 'link', HelpLink, 'The link, which opens nothing any more.');
const SettleLetterPayload = payloadOf('SettleLetter', 'letter', PatientLetter, 'The letter as it stands now.');

const MOST = 20;

const linksOf = manyBy<HelpLink>(
  async (ctx, patientIds) =>
    (await ctx.db.em()).find(
      HelpLink,
      { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, HelpLink)] },
      { orderBy: { id: 'desc' }, limit: MOST * patientIds.length },
    ),
  (link) => link.patientId,
);

@Resolver(() => HelpLink)
export class HelpLinkResolver {
  @Can('patient.write')
  @Mutation(() => MakeHelpLinkPayload, {
    description:
      'Makes the link of a page and sends it, when and how the person said it is safe. Older ones stop working.',
  })
  async makeHelpLink(
    @Arg('input', () => MakeHelpLinkInput) input: MakeHelpLinkInput,
    @Ctx() ctx: HubContext,
  ): Promise<MakeHelpLinkPayload> {
    return Object.assign(new MakeHelpLinkPayload(), await makeHelpLink(ctx, input));
  }

  @Can('patient.write')
  @Mutation(() => RevokeHelpLinkPayload, { description: 'Takes a link back; pages that are open by it close at once.' })
  async revokeHelpLink(
    @Arg('input', () => RevokeHelpLinkInput) input: RevokeHelpLinkInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'link', HelpLink>> {
    return { link: await revokeHelpLink(ctx, input.id) };
  }

  @FieldResolver(() => Boolean, { description: 'Whether it opens the page now.' })
  works(@Root() link: HelpLink, @Ctx() ctx: HubContext): boolean {
    return link.worksAt(ctx.clock.now());
  }

  @FieldResolver(() => RelatedPerson, { nullable: true, description: 'Whose it is, when it is not the patient’s own.' })
  async relatedPerson(@Root() link: HelpLink, @Ctx() ctx: HubContext): Promise<RelatedPerson | null> {
    return link.relatedPersonId ? relatedPersonById(ctx, link.relatedPersonId) : null;
  }
}

@Resolver(() => PatientLetter)
export class PatientLetterResolver {
  @Can('patient.write')
  @Mutation(() => SettleLetterPayload, {
    description: 'Tries a held letter again, or drops it because somebody reached the person.',
  })
  async settleLetter(
    @Arg('input', () => SettleLetterInput) input: SettleLetterInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'letter', PatientLetter>> {
    const letter = await load(ctx, PatientLetter, input.id, 'update', { lock: LockMode.PESSIMISTIC_WRITE });
    const { patientId, id } = letter;
    recordAccess(ctx, { action: 'letter.settle', patientId, entity: 'patient_letter', entityId: id });
    if (letter.state !== 'HELD') refuse('NOT_HELD', 'Someone has done this already.', 'id', { letter });
    const em = await ctx.db.em();
    letter.why = null;
    letter.state = input.again ? 'WAITING' : 'DROPPED';
    Object.assign(letter, { settledAt: ctx.clock.now(), settledBy: personOf(ctx) });
    await em.flush();
    if (input.again) await enqueue(em, SEND_LETTER, { letterId: id });
    return { letter };
  }

  @FieldResolver(() => Patient, { nullable: true, description: 'The patient.' })
  patient(@Root() letter: PatientLetter, @Ctx() ctx: HubContext): Promise<Patient | null> {
    return patientById(ctx, letter.patientId);
  }
}

@Resolver(() => Patient)
export class PatientLinks {
  @FieldResolver(() => [HelpLink], { description: 'Links to pages about this patient, the newest first; 20 at most.' })
  async helpLinks(@Root() patient: { id: string }, @Ctx() ctx: HubContext): Promise<readonly HelpLink[]> {
    return linksOf(ctx, patient.id);
  }
}

@Resolver(() => Today)
export class TodayLetters {
  @FieldResolver(() => [PatientLetter], {
    description:
      'Letters that could not go as the person wants to be reached: somebody must; the oldest first, at most 20.',
  })
  async heldLetters(@Root() today: Today, @Ctx() ctx: HubContext): Promise<PatientLetter[]> {
    const em = await ctx.db.em();
    const own = today.mine
      ? { $and: [{ createdBy: ctx.caller?.userId ?? null }, where(ctx, PatientLetter)] }
      : where(ctx, PatientLetter);
    return em.find(PatientLetter, { $and: [{ state: 'HELD' }, own] }, { orderBy: { id: 'asc' }, limit: MOST });
  }
}
