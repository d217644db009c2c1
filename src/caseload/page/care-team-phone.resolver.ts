import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { Arg, Ctx, Field, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';

@InputType({ description: 'The number by which people reach their care team.' })
class SetCareTeamPhoneInput {
  @Field(() => String, { nullable: true, description: 'A phone number; null for none.' })
  phone?: string | null;
}

@ObjectType({ description: 'The answer to `setCareTeamPhone`.' })
class SetCareTeamPhonePayload extends Payload {
  @Field(() => String, { nullable: true, description: 'The number as people read it now; null for none.' })
  phone!: string | null;
}

interface Kept {
  id: string;
  number: string;
}
/** The one that pages show. */
const FIND = 'select f.id, f.number from hub.phone f where f.organization_id = $1 order by f.id limit 1';

/** The phone on the pages of patients and of people around them: whoever reads one of those can call. */
@Resolver()
export class CareTeamPhoneResolver {
  @Can('patient.read')
  @Query(() => String, {
    nullable: true,
    description: 'The number by which people reach the viewer’s care team from their own pages; null for none.',
  })
  async careTeamPhone(@Ctx() ctx: HubContext): Promise<string | null> {
    const [found] = await ctx.db.query<Kept>(FIND, [ctx.caller?.organizationId ?? null]);
    return found?.number ?? null;
  }

  @Can('organization.manage')
  @Mutation(() => SetCareTeamPhonePayload, {
    description: 'Says by which number people reach the viewer’s care team from their own pages.',
  })
  async setCareTeamPhone(
    @Arg('input', () => SetCareTeamPhoneInput) input: SetCareTeamPhoneInput,
    @Ctx() ctx: HubContext,
  ): Promise<SetCareTeamPhonePayload> {
    const { caller } = ctx;
    if (!caller?.permissions.has('patient.read')) return fail.forbidden();
    const typed = input.phone?.trim() || null;
    const parsed = typed === null ? undefined : parsePhoneNumberFromString(typed, 'US');
    if (typed !== null && !parsed?.isValid()) refuse('NOT_A_PHONE', 'This is not a phone number.', 'phone');
    const phone = parsed?.formatNational() ?? null;
    const em = await ctx.db.em();
    const [kept] = await ctx.db.query<Kept>(FIND, [caller.organizationId]);
    if (!parsed) {
      await em.execute('delete from hub.phone where id = ?', [kept?.id ?? null]);
    } else if (kept) {
      await em.execute('update hub.phone set number = ?, e164 = ? where id = ?', [phone, parsed.number, kept.id]);
    } else {
      await em.execute(`insert into hub.phone (id, organization_id, number, type, e164) values (?, ?, ?, 'voice', ?)`, [
        newId(),
        caller.organizationId,
        phone,
        parsed.number,
      ]);
    }
    return Object.assign(new SetCareTeamPhonePayload(), { phone });
  }
}
