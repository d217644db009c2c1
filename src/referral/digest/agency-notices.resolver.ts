import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Arg, Ctx, Field, InputType, Int, Mutation, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { payloadOf } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';

export const NoticeLetters = { EACH: 'EACH', DAILY: 'DAILY', NONE: 'NONE' } as const;
export type NoticeLetters = keyof typeof NoticeLetters;
registerEnumType(NoticeLetters, {
  name: 'NoticeLetters',
  description: 'How an agency hears of referrals.',
  valuesConfig: {
    EACH: { description: 'A letter for each, at once.' },
    DAILY: { description: 'One letter a day. What is urgent comes at once.' },
    NONE: { description: 'No letters. What is urgent comes at once.' },
  },
});

@ObjectType({ description: 'How an agency hears of referrals.' })
export class AgencyNotices {
  @Field(() => NoticeLetters, { description: 'A letter for each, one a day, or none.' })
  letters!: NoticeLetters;

  @Field(() => Int, { description: 'The hour of the letter of the day in the agency’s time zone, 0 to 23.' })
  digestHour!: number;

  @Field(() => String, { nullable: true, description: 'The phone that gets a text with the link too, in E.164.' })
  textPhone!: string | null;
}

@InputType({ description: 'How the agency wants to hear of referrals.' })
export class SetAgencyNoticesInput {
  @Field(() => NoticeLetters, { description: 'A letter for each, one a day, or none.' })
  letters!: NoticeLetters;

  @Field(() => Int, { description: 'The hour of the letter of the day, 0 to 23.' })
  digestHour!: number;

  @Field(() => String, { nullable: true, description: 'A phone for texts; null for none.' })
  textPhone?: string | null;
}

const SetAgencyNoticesPayload = payloadOf('SetAgencyNotices', 'notices', AgencyNotices, 'What counts from now on.');

const statement = `select letters, digest_hour as "digestHour", text_phone as "textPhone" from hub.agency_notices where organization_id = $1`;

async function noticesOf(ctx: HubContext): Promise<AgencyNotices> {
  const [row] = await ctx.db.query<AgencyNotices>(statement, [ctx.caller?.organizationId ?? null]);
  return row ?? { letters: 'EACH', digestHour: 8, textPhone: null };
}

@Resolver()
export class AgencyNoticesResolver {
  @Can('referral.answer')
  @Query(() => AgencyNotices, { description: 'How the viewer’s agency hears of referrals.' })
  agencyNotices(@Ctx() ctx: HubContext): Promise<AgencyNotices> {
    return noticesOf(ctx);
  }

  @Can('organization.manage')
  @Mutation(() => SetAgencyNoticesPayload, { description: 'Chooses how the viewer’s agency hears of referrals.' })
  async setAgencyNotices(
    @Arg('input', () => SetAgencyNoticesInput) input: SetAgencyNoticesInput,
    @Ctx() ctx: HubContext,
  ): Promise<{ notices: AgencyNotices }> {
    const { caller, clock } = ctx;
    if (!caller?.permissions.has('referral.answer')) return fail.forbidden();
    const { digestHour } = input;
    if (digestHour < 0 || digestHour > 23) refuse('NOT_AN_HOUR', 'Choose an hour of the day.', 'digestHour');
    const phone = input.textPhone?.trim() || null;
    const parsed = phone === null ? undefined : parsePhoneNumberFromString(phone, 'US');
    if (phone !== null && !parsed?.isValid()) refuse('NOT_A_PHONE', 'This is not a phone number.', 'textPhone');
    const em = await ctx.db.em();
    await em.execute(
      `insert into hub.agency_notices (organization_id, letters, digest_hour, text_phone, updated_at, updated_by)
       values (?, ?, ?, ?, ?, ?) on conflict (organization_id) do update set letters = excluded.letters, digest_hour = excluded.digest_hour,
         text_phone = excluded.text_phone, updated_at = excluded.updated_at, updated_by = excluded.updated_by, version = agency_notices.version + 1`,
      [
        caller.organizationId,
        input.letters,
        digestHour,
        parsed?.number ?? null,
        clock.now().toISOString(),
        caller.userId,
      ],
    );
    return { notices: await noticesOf(ctx) };
  }
}
