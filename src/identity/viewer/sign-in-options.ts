import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
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

declare module '../../platform/platform.js' {
  interface Platform {
    /** Set by the demo, and only then shown on the sign-in page. */
    demoAccounts?: readonly DemoAccount[];
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
}

@Resolver()
export class SignInOptionsResolver {
  @Can('public')
  @Query(() => SignInOptions, { description: 'How to sign in here.' })
  signInOptions(@Ctx() { platform }: HubContext): SignInOptions {
    const { config, demoAccounts = [] } = platform;
    const oidc = config.oidc !== undefined;
    return { oidc, oidcUrl: oidc ? startPath : null, demoAccounts: config.demo ? [...demoAccounts] : [] };
  }
}
