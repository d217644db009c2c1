import { Field, ID, Int, ObjectType } from 'type-graphql';
import { permissionsOf } from '../../access/permissions.js';
import type { Platform } from '../../platform/platform.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { User } from '../account/user.entity.js';
import { Role } from '../member/role.js';
import { demandsSecondFactor } from '../second-factor/demanded.js';

@ObjectType({ description: 'One organization the person belongs to.' })
export class ViewerMembership {
  @Field(() => ID, { description: 'The id to give to `switchOrganization`.' })
  id!: string;

  @Field(() => [Role], { description: 'What the person does there.' })
  roles!: Role[];

  organizationId!: string;
}

@ObjectType({ description: 'Who is signed in, and what they may do in the organization they work in at the moment.' })
export class Viewer {
  @Field(() => User, { description: 'The person.' })
  user!: Pick<User, 'id' | 'name' | 'email' | 'locale'>;

  @Field(() => [Role], { description: 'What the person does in this organization.' })
  roles!: Role[];

  @Field(() => [String], { description: 'What these roles permit, such as `referral.send`; sorted.' })
  permissions!: string[];

  @Field(() => [ViewerMembership], { description: 'All organizations of the person, the oldest membership first.' })
  memberships!: ViewerMembership[];

  @Field(() => Boolean, {
    description: 'Whether an authenticator app is set up, or this sign-in had a second factor. If not, suggest it.',
  })
  secondFactor!: boolean;

  @Field(() => Boolean, { description: 'Whether an authenticator app is set up for the account.' })
  authenticator!: boolean;

  @Field(() => Boolean, {
    description: 'Whether a role of the person asks for a second factor: then `turnOffTotp` refuses.',
  })
  secondFactorRequired!: boolean;

  @Field(() => DateTimeISO, { description: 'When this sign-in ends at the latest, twelve hours after it began.' })
  sessionExpiresAt!: Date;

  @Field(() => Int, { description: 'Seconds without a request after which it ends.' })
  idleSeconds!: number;

  organizationId!: string;
}

interface Row extends Omit<Viewer, 'user' | 'roles' | 'permissions' | 'organizationId' | 'secondFactorRequired'> {
  membershipId: string | null;
  userId: string;
  name: string;
  email: string;
  locale: string;
}

/** What a session shows its owner; null when it has ended meanwhile or belongs to no organization. One statement. */
export async function viewerOf(platform: Platform, sessionId: string): Promise<Viewer | null> {
  const { rows } = await platform.authPool.query<Row>({
    name: 'viewer',
    text: `
      select s.membership_id as "membershipId", u.id as "userId", u.name, u.email::text, u.locale,
             s.mfa or u.totp_confirmed_at is not null as "secondFactor",
             u.totp_confirmed_at is not null as authenticator, s.expires_at as "sessionExpiresAt",
             extract(epoch from s.idle)::int as "idleSeconds",
             coalesce((select json_agg(json_build_object('id', m.id, 'organizationId', m.organization_id, 'roles', m.roles)
                                       order by m.created_at, m.id)
                         from hub.membership m join hub.organization o on o.id = m.organization_id and o.retired_at is null
                        where m.user_id = u.id and m.ended_at is null), '[]') as memberships
        from hub.session s join hub.user_account u on u.id = s.user_id
       where s.id = $1 and s.stage = 'OPEN'`,
    values: [sessionId],
  });
  const [row] = rows;
  const current = row?.memberships.find(({ id }) => id === row.membershipId);
  if (!row || !current) return null;
  const { userId: id, name, email, locale, membershipId: _, ...shown } = row;
  const { roles, organizationId } = current;
  const permissions = [...permissionsOf(roles)].filter((permission) => permission !== 'public').sort();
  const everyRole = row.memberships.flatMap((membership) => membership.roles);
  const secondFactorRequired = demandsSecondFactor(platform.config, everyRole);
  return { ...shown, user: { id, name, email, locale }, roles, permissions, secondFactorRequired, organizationId };
}
