import { Arg, Ctx, Field, FieldResolver, Int, Mutation, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Apart, Can, type HubContext } from '../../access/index.js';
import { beforeLink, closePage, openPage } from '../../identity/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { Payload } from '../../platform/graphql/payload.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { toDateOrNull } from '../../platform/database/rows.js';
import { categoriesOf } from '../categories.js';
import { changeContact } from './change-contact.js';
import { linkWorksUntil, myAccesses, myConsents, myContact, myDisclosures } from './my-help.queries.js';
import {
  ChangeMyContactInput,
  MyAccess,
  MyConsent,
  MyContact,
  MyDisclosure,
  MyHelp,
  OpenedPageType,
  OpenMyHelpInput,
  StopSharingInput,
} from './my-help.types.js';
import { auditPage, readerOf } from './reader.js';
import { stopSharing } from './stop-sharing.js';

@ObjectType({ description: 'The answer to `openMyHelp`.' })
class OpenMyHelpPayload extends Payload {
  @Field(() => OpenedPageType, { nullable: true, description: 'What became of the link.' })
  page!: OpenedPageType | null;
}

@ObjectType({ description: 'The answer to `stopSharing`.' })
class StopSharingPayload extends Payload {
  @Field(() => Int, { nullable: true, description: 'How many agreements ended.' })
  stopped!: number | null;
}

@ObjectType({ description: 'The answer to `changeMyContact`.' })
class ChangeMyContactPayload extends Payload {
  @Field(() => MyContact, { nullable: true, description: 'How they may be reached now.' })
  contact!: MyContact | null;
}

@ObjectType({ description: 'The answer to `closeMyHelp`.' })
class CloseMyHelpPayload extends Payload {
  @Field(() => Boolean, { nullable: true, description: 'true: the page is closed and its token is worth nothing.' })
  closed!: boolean | null;
}

interface Head {
  name: string;
  reader: string | null;
  careTeam: string;
  alone: boolean;
  died: boolean;
  careTeamPhone: string | null;
  careManager: string | null;
  givenUntil: string | null;
}

const PHONE = `(select f.number from hub.phone f where f.organization_id = o.id order by f.id limit 1)`;

const PATIENT_HEAD = `select coalesce(p.preferred_name, p.given_name) as name, null as reader, o.name as "careTeam", ${PHONE} as "careTeamPhone",
    u.name as "careManager", null as "givenUntil", p.care_org_id = hub.self_org() as alone, false as died
  from hub.patient p join hub.organization o on o.id = p.care_org_id
  left join hub.assignment a on a.patient_id = p.id and a.ends_at is null left join hub.user_account u on u.id = a.user_id
  where p.id = $1 and p.care_org_id = $2 and $3::uuid is null and $4::timestamptz is not null`;

/** By authority there is no consent that ends, but the authority may. */
const RELATIVE_HEAD = `select coalesce(p.preferred_name, p.given_name) as name, r.name as reader, o.name as "careTeam", ${PHONE} as "careTeamPhone",
    null as "careManager", coalesce(
      (select max(c.expires_at) from hub.consent c where c.patient_id = p.id and c.grantee_related_person_id = r.id and c.status = 'ACTIVE' and c.expires_at > $4),
      case when r.authority <> 'NONE' then (r.authority_to + 1)::timestamp at time zone o.time_zone end) as "givenUntil", false as alone, p.status = 'DECEASED' as died
  from hub.patient p join hub.organization o on o.id = p.care_org_id join hub.related_person r on r.patient_id = p.id and r.id = $3
  where p.id = $1 and p.care_org_id = $2`;

@Resolver(() => MyHelp)
export class MyHelpResolver {
  @Can('public')
  @Apart()
  @Mutation(() => OpenMyHelpPayload, {
    description:
      'Exchanges the link of a page for the open page. Only a POST does it: a mail program that looks at the link opens nothing.',
  })
  async openMyHelp(
    @Arg('input', () => OpenMyHelpInput) input: OpenMyHelpInput,
    @Ctx() ctx: HubContext,
  ): Promise<OpenMyHelpPayload> {
    await beforeLink(ctx);
    const { authPool, clock } = ctx.platform;
    const opened = await openPage(authPool, input.token, input.birthYear ?? null, clock.now());
    const page = { state: opened.state, token: opened.state === 'OPEN' ? opened.token : null };
    return Object.assign(new OpenMyHelpPayload(), { page });
  }

  @Can('help.read')
  @Query(() => MyHelp, { description: 'The page that is open by a link.' })
  async myHelp(
    @Arg('withPrivate', () => Boolean, {
      nullable: true,
      description: 'Whether sensitive matters are shown too; never for somebody around the patient.',
    })
    withPrivate: boolean | null | undefined,
    @Arg('takeAway', () => Boolean, {
      nullable: true,
      description: 'Whether it is read to be taken away as a file; noted in the audit.',
    })
    takeAway: boolean | null | undefined,
    @Ctx() ctx: HubContext,
  ): Promise<MyHelp> {
    const { patientId, careOrgId, relatedPersonId, categories } = readerOf(ctx);
    const own = relatedPersonId === null;
    const values = [patientId, careOrgId, relatedPersonId, ctx.clock.now().toISOString()];
    const [head] = await ctx.db.query<Head>(own ? PATIENT_HEAD : RELATIVE_HEAD, values);
    if (!head) return fail.notFound('Page');
    const open = own && Boolean(withPrivate);
    auditPage(ctx, !own ? 'help.relative-read' : takeAway ? 'help.take-record' : 'help.read', { withPrivate: open });
    return Object.assign(new MyHelp(), {
      ...head,
      patientId,
      withPrivate: open,
      given: own || categories?.includes('*') ? null : categoriesOf(categories ?? []),
      givenUntil: toDateOrNull(head.givenUntil),
    });
  }

  @Can('help.write')
  @Mutation(() => StopSharingPayload, {
    description: 'Stops sharing at once: links of agencies die, and what they had not answered they see no more.',
  })
  async stopSharing(
    @Arg('input', () => StopSharingInput) input: StopSharingInput,
    @Ctx() ctx: HubContext,
  ): Promise<StopSharingPayload> {
    const stopped = await stopSharing(ctx, input.consentId ?? null);
    return Object.assign(new StopSharingPayload(), { stopped });
  }

  @Can('help.contact')
  @Mutation(() => ChangeMyContactPayload, {
    description: 'Says how whoever reads the page is reached from now on; every letter and text to them obeys.',
  })
  async changeMyContact(
    @Arg('input', () => ChangeMyContactInput) input: ChangeMyContactInput,
    @Ctx() ctx: HubContext,
  ): Promise<ChangeMyContactPayload> {
    const problems = await changeContact(ctx, input);
    if (problems) {
      return Object.assign(new ChangeMyContactPayload(), { contact: null, userErrors: problems.userErrors });
    }
    return Object.assign(new ChangeMyContactPayload(), { contact: await myContact(ctx) });
  }

  @Can('help.read')
  @Apart()
  @Mutation(() => CloseMyHelpPayload, {
    description: 'Closes the page for good; the link opens it again while it works.',
  })
  async closeMyHelp(@Ctx() ctx: HubContext): Promise<CloseMyHelpPayload> {
    await closePage(ctx.platform.authPool, readerOf(ctx).sessionId);
    return Object.assign(new CloseMyHelpPayload(), { closed: true });
  }

  @FieldResolver(() => [MyConsent], {
    description: 'What the patient agreed to share; nothing for somebody around them.',
  })
  consents(@Root() { reader, withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyConsent[]> | MyConsent[] {
    return reader === null ? myConsents(ctx, withPrivate) : [];
  }

  @FieldResolver(() => [MyDisclosure], {
    description: 'What was told to whom; nothing for somebody around the patient.',
  })
  disclosures(
    @Root() { reader, withPrivate }: MyHelp,
    @Ctx() ctx: HubContext,
  ): Promise<MyDisclosure[]> | MyDisclosure[] {
    return reader === null ? myDisclosures(ctx, withPrivate) : [];
  }

  @FieldResolver(() => [MyAccess], {
    description: 'Who has seen or changed the record; nothing for somebody around the patient.',
  })
  accesses(@Root() { reader, withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyAccess[]> | MyAccess[] {
    return reader === null ? myAccesses(ctx, withPrivate) : [];
  }

  @FieldResolver(() => MyContact, {
    nullable: true,
    description: 'How whoever reads the page is reached: the patient, or on their own page somebody around them.',
  })
  contact(@Ctx() ctx: HubContext): Promise<MyContact | null> {
    return myContact(ctx);
  }

  @FieldResolver(() => DateTimeISO, { nullable: true, description: 'Until when the link works that opened the page.' })
  worksUntil(@Ctx() ctx: HubContext): Promise<Date | null> {
    return linkWorksUntil(ctx);
  }
}
