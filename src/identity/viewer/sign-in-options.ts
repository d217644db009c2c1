import { Ctx, Field, ObjectType, Query, registerEnumType, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { startPath } from '../sign-on/paths.js';

@ObjectType({ description: 'An account of the demo network, for trying the hub out.' })
export class DemoAccount {
  @Field(() => String, { description: 'Address to sign in with.' })
  email!: string;

  @Field(() => String, { description: 'Its password: the demo has no secrets.' })
  password!: string;

  @Field(() => String, { description: 'The fictional person.' })
  name!: string;

  @Field(() => String, { description: 'What they do, such as `CARE_MANAGER`.' })
  role!: string;

  @Field(() => String, { description: 'Where they work.' })
  organization!: string;
}

const DemoLinkOwner = {
  PATIENT: 'PATIENT',
  CAREGIVER: 'CAREGIVER',
  SELF: 'SELF',
  AGENCY: 'AGENCY',
  LISTING: 'LISTING',
} as const;
type DemoLinkOwner = keyof typeof DemoLinkOwner;
registerEnumType(DemoLinkOwner, {
  name: 'DemoLinkOwner',
  description: 'Who opens a page of the demo by a link: they have no account.',
  valuesConfig: {
    PATIENT: { description: 'A patient, their own page.' },
    CAREGIVER: { description: 'Somebody around a patient, with what they were given to see.' },
    SELF: { description: 'Somebody who asked a service for themselves.' },
    AGENCY: { description: 'An agency that answers a referral.' },
    LISTING: { description: 'An agency that checks its listing.' },
  },
});

@ObjectType({ description: 'A page of the demo that is opened by a link, without an account.' })
export class DemoLink {
  @Field(() => DemoLinkOwner, { description: 'Whose page it is.' })
  who!: DemoLinkOwner;

  @Field(() => String, { description: 'Its address, with the secret that a real one would be sent with.' })
  url!: string;
}

declare module '../../platform/platform.js' {
  interface Platform {
    /** Set by the demo, and only then shown on the sign-in page. */
    demoAccounts?: readonly DemoAccount[];
    /** Asked only then: the address of the hub is known once it listens. */
    demoLinks?: () => readonly DemoLink[];
  }
}

@ObjectType({ description: 'The ways to sign in to this hub.' })
export class SignInOptions {
  @Field(() => Boolean, { description: 'Whether people may sign in through their organization.' })
  oidc!: boolean;

  @Field(() => String, { nullable: true, description: 'Where that begins; takes `?next=/a/page` to come back to.' })
  oidcUrl!: string | null;

  @Field(() => [DemoAccount], { description: 'The accounts of the demo; empty outside it.' })
  demoAccounts!: DemoAccount[];

  @Field(() => [DemoLink], { description: 'Pages of the demo that need no account; empty outside it.' })
  demoLinks!: DemoLink[];
}

@Resolver()
export class SignInOptionsResolver {
  @Can('public')
  @Query(() => SignInOptions, { description: 'How to sign in here.' })
  signInOptions(@Ctx() { platform }: HubContext): SignInOptions {
    const { config, demoAccounts = [], demoLinks } = platform;
    const oidc = config.oidc !== undefined;
    return {
      oidc,
      oidcUrl: oidc ? startPath : null,
      demoAccounts: config.demo ? [...demoAccounts] : [],
      demoLinks: config.demo && demoLinks ? [...demoLinks()] : [],
    };
  }
}
