import { Arg, Args, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { Can, type HubContext } from '../../access/index.js';
import { PageArgs, type Connection } from '../../platform/graphql/connection.js';
import { Payload, payloadOf } from '../../platform/graphql/payload.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { ApiKeyConnection, apiKeyPage, type ApiKeyRow } from '../member/member.queries.js';
import { Role } from '../member/role.js';
import { ApiKey } from './api-key.entity.js';
import { createApiKey, revokeApiKey } from './api-keys.js';

@InputType({ description: 'What `createApiKey` takes.' })
export class CreateApiKeyInput {
  @Field(() => String, { description: 'What it is for, 1 to 100 letters.' })
  name!: string;

  @Field(() => [Role], { description: 'What it may do: no more than the caller.' })
  roles!: Role[];

  @Field(() => LocalDate, { nullable: true, description: 'The last day on which it works; null for no end.' })
  expiresOn?: string | null;
}

@InputType({ description: 'What `revokeApiKey` takes.' })
export class RevokeApiKeyInput {
  @Field(() => ID, { description: 'The key.' })
  id!: string;
}

@ObjectType({ description: 'The answer to `createApiKey`.' })
export class CreateApiKeyPayload extends Payload {
  @Field(() => ApiKey, { nullable: true, description: 'The key.' })
  apiKey?: ApiKey | null;

  @Field(() => String, {
    nullable: true,
    description: 'Its token, for `Authorization: Bearer …`. It is shown this once.',
  })
  token?: string | null;
}

const RevokeApiKeyPayload = payloadOf('RevokeApiKey', 'apiKey', ApiKey, 'The key, withdrawn.');

@Resolver(() => ApiKey)
export class ApiKeyResolver {
  @Can('apikey.manage')
  @Query(() => ApiKeyConnection, { description: 'The API keys of one’s organization, the latest first.' })
  apiKeys(@Args(() => PageArgs) page: PageArgs, @Ctx() ctx: HubContext): Promise<Connection<ApiKeyRow>> {
    return apiKeyPage(ctx, page);
  }

  @Can('apikey.manage')
  @Mutation(() => CreateApiKeyPayload, {
    description: 'Makes an API key. Codes: NAME_LENGTH, ROLES_MISSING, ROLE_DOES_NOT_FIT, ROLE_BEYOND_YOURS, DAY_PAST.',
  })
  createApiKey(
    @Arg('input', () => CreateApiKeyInput) input: CreateApiKeyInput,
    @Ctx() ctx: HubContext,
  ): Promise<CreateApiKeyPayload> {
    return createApiKey(ctx, input);
  }

  @Can('apikey.manage')
  @Mutation(() => RevokeApiKeyPayload, { description: 'Withdraws an API key at once.' })
  async revokeApiKey(@Arg('input', () => RevokeApiKeyInput) input: RevokeApiKeyInput, @Ctx() ctx: HubContext) {
    return { apiKey: await revokeApiKey(ctx, input.id) };
  }
}
