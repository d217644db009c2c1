import { Arg, Ctx, Field, FieldResolver, ID, InputType, Mutation, Resolver, Root } from 'type-graphql';
import { Can, load, manyBy, type HubContext } from '../../access/index.js';
import { Patient, paperForUpdate, personOf, PersonPaper, recordAccess, tellPaper } from '../../caseload/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { mayReadPerson } from '../agency-view.js';
import { Referral } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import type { ReferralRow } from '../referral.row.js';
import { addMessage } from '../send-message.js';

@InputType({ description: 'A paper from a person that an agency shall have.' })
export class PassOnPaperInput {
  @Field(() => ID, { description: 'The paper.' })
  paperId!: string;

  @Field(() => ID, { description: 'The referral of the same person whose agency shall have it.' })
  referralId!: string;

  @Field(() => String, { nullable: true, description: 'What to say along with it, at most 4000 characters.' })
  body?: string | null;

  @Field(() => String, { description: 'The same key for the same press of the button, also when it is sent again.' })
  idempotencyKey!: string;
}

const PassOnPaperPayload = payloadOf('PassOnPaper', 'paper', PersonPaper, 'The paper as it stands now.');

/**
 * Gives a paper to the agency of a referral, as a file of a message: that asks whether the consent still holds, and writes
 * down what was told. What its sender marked as private, or sent about a sensitive matter, goes nowhere else.
 */
async function passOn(ctx: HubContext, input: PassOnPaperInput): Promise<void> {
  const { paperId, referralId } = input;
  const paper = await paperForUpdate(ctx, paperId);
  await load(ctx, Patient, paper.patientId, 'refer', { what: 'Paper' });
  const referral = await load(ctx, Referral, referralId, 'send');
  if (referral.patientId !== paper.patientId) fail.notFound('Paper');
  if (paper.referralId !== referral.id) {
    if (paper.private) {
      refuse(
        'PRIVATE',
        'The person marked this paper as private. It may only go where it was sent for: ask them first.',
        'referralId',
      );
    }
    const about = paper.referralId ? await referralById(ctx, paper.referralId) : null;
    if (paper.referralId && (!about || about.sensitivity !== 'NONE' || about.part2)) {
      refuse(
        'SENSITIVE',
        'This paper is about a sensitive matter. It may only go to the agency that it was sent for.',
        'referralId',
      );
    }
  }
  if (!mayReadPerson('TARGET', referral)) {
    refuse('NO_LONGER_READS', 'This agency does not read about the person any more.', 'referralId');
  }
  const [there] = await ctx.db.query('select file_id from hub.referral_file where file_id = $1 and referral_id = $2', [
    paperId,
    referralId,
  ]);
  if (there) refuse('HAS_IT', 'This agency has the paper already.', 'referralId');
  await addMessage(ctx, referral, input.body ?? '', { papers: [paper] });
  await ctx.db.query(
    'update hub.person_paper set seen_at = coalesce(seen_at, $2), seen_by = coalesce(seen_by, $3) where file_id = $1',
    [paperId, ctx.clock.now().toISOString(), personOf(ctx)],
  );
  const { patientId } = paper;
  recordAccess(ctx, { action: 'paper.pass-on', patientId, entity: 'referral', entityId: referralId, consentId: referral.consentId }); // prettier-ignore
  await tellPaper(ctx, paperId);
}

const passedTo = manyBy<ReferralRow & { fileId: string }>(
  async (ctx, fileIds) => {
    const found = await ctx.db.query<{ fileId: string; referralId: string }>(
      `select distinct file_id as "fileId", referral_id as "referralId" from hub.referral_file
        where file_id = any ($1::uuid[]) and from_org_id = $2 order by 1, 2`,
      [fileIds, ctx.caller?.organizationId ?? null],
    );
    const rows = await Promise.all(found.map(({ referralId }) => referralById(ctx, referralId)));
    return found.flatMap(({ fileId }, index) => {
      const row = rows[index];
      return row ? [{ ...row, fileId }] : [];
    });
  },
  (row) => row.fileId,
);

@Resolver(() => PersonPaper)
export class PassOnPaperResolver {
  @Can('referral.send')
  @Mutation(() => PassOnPaperPayload, {
    description: 'Passes a paper on to the agency of a referral, where the consent allows it.',
  })
  async passOnPaper(
    @Arg('input', () => PassOnPaperInput) input: PassOnPaperInput,
    @Ctx() ctx: HubContext,
  ): Promise<PayloadShape<'paper', PersonPaper>> {
    await once(ctx, input.idempotencyKey, 'passOnPaper', input, async () => {
      await passOn(ctx, input);
      return input.paperId;
    });
    return { paper: await paperForUpdate(ctx, input.paperId) };
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'The help that it is about, as its sender said.' })
  async about(@Root() { referralId }: PersonPaper, @Ctx() ctx: HubContext): Promise<object | null> {
    return referralId ? referralById(ctx, referralId) : null;
  }

  @FieldResolver(() => [Referral], { description: 'Referrals whose agencies have it.' })
  passedOnTo(@Root() { id }: PersonPaper, @Ctx() ctx: HubContext): Promise<readonly object[]> {
    return passedTo(ctx, id);
  }
}
