import { defineEntity, p } from '@mikro-orm/postgresql';
import { MaxLength } from 'class-validator';
import {
  Arg,
  Args,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import {
  assertStillMine,
  Can,
  callerOf,
  definePolicy,
  load,
  loader,
  openContext,
  permissionsOf,
  settle,
  type Caller,
  type HubContext,
  type Role,
} from '../../src/access/index.js';
import { createServer, type ServerOptions } from '../../src/platform/http/server.js';
import { connectionOf, PageArgs, type Connection } from '../../src/platform/graphql/connection.js';
import { fail } from '../../src/platform/graphql/errors.js';
import { once } from '../../src/platform/graphql/idempotency.js';
import { keysetPage } from '../../src/platform/graphql/keyset.js';
import { payloadOf } from '../../src/platform/graphql/payload.js';
import { refuse } from '../../src/platform/graphql/refusal.js';
import type { Feature } from '../../src/platform/feature.js';
import type { Incoming } from '../../src/platform/http/request.js';
import { newId } from '../../src/platform/id.js';
import { notify } from '../../src/platform/live/live.js';
import { buildHubSchema } from '../../src/access/index.js';
import { testHub, type TestHub } from '../hub.js';

/** A table of its own with an owner and a partner, so that the rules can be tried before there is a feature. */
const MEMO_TABLE = `
  create table hub.memo (id uuid primary key, owner_id uuid not null, partner_id uuid, body text not null);
  call hub.fence('memo', 'owner_id = hub.org() or partner_id = hub.org()');`;

const MemoSchema = defineEntity({
  name: 'Memo',
  tableName: 'memo',
  properties: { id: p.uuid().primary(), ownerId: p.uuid(), partnerId: p.uuid().nullable(), body: p.text() },
});

@ObjectType({ description: 'A note in a test.' })
export class Memo extends MemoSchema.class {
  @Field(() => ID, { description: 'Its id.' })
  override id!: string;

  @Field(() => String, { description: 'Its text.' })
  override body!: string;
}
MemoSchema.setClass(Memo);

definePolicy(Memo, {
  read: (caller) => ({ $or: [{ ownerId: caller.organizationId }, { partnerId: caller.organizationId }] }),
  change: (caller) => ({ ownerId: caller.organizationId }),
});

const MemoConnection = connectionOf(Memo);

@InputType({ description: 'A new memo.' })
class WriteMemoInput {
  @Field(() => String, { description: 'At most 40 characters.' })
  @MaxLength(40)
  body!: string;

  @Field(() => String, { nullable: true, description: 'Makes a retry safe.' })
  idempotencyKey?: string | null;

  @Field(() => String, { nullable: true, description: 'How it goes wrong: `refuse`, `throw` or `null`.' })
  trouble?: string | null;
}

@InputType({ description: 'Another owner.' })
class GiveMemoInput {
  @Field(() => ID, { description: 'The memo.' })
  id!: string;

  @Field(() => ID, { description: 'Its next owner.' })
  ownerId!: string;
}

const WriteMemoPayload = payloadOf('WriteMemo', 'memo', Memo, 'The memo.');
const GiveMemoPayload = payloadOf('GiveMemo', 'memo', Memo, 'The memo.');

/** Set by a test: a field that waits until it is told to go on. */
export const gate: { wait: Promise<void>; log: string[] } = { wait: Promise.resolve(), log: [] };

@ObjectType({ description: 'Fields that fail in ways of their own.' })
class Trap {
  @Field(() => String, { description: 'Rejects late when it is the first.' })
  async slow(): Promise<string> {
    await new Promise((resolve) => setTimeout(resolve, 20));
    throw new Error('a late rejection');
  }

  @Field(() => String, { description: 'Null where there must be something.' })
  nothing!: string;
}

@Resolver(() => Memo)
export class MemoResolver {
  @Can('public')
  @Query(() => String, { description: 'Greets.' })
  hello(@Arg('name', () => String, { nullable: true }) name?: string): string {
    return `hello ${name ?? 'you'}`;
  }

  @Can('patient.read')
  @Query(() => Memo, { description: 'One memo.' })
  async memo(@Ctx() ctx: HubContext, @Arg('id', () => ID) id: string): Promise<Memo> {
    const memo = await load(ctx, Memo, id);
    ctx.audit.record({ action: 'memo.read', patientId: memo.id, entity: 'memo', entityId: memo.id });
    return memo;
  }

  @Can('patient.read')
  @Query(() => MemoConnection, { description: 'All memos.' })
  async memos(@Ctx() ctx: HubContext, @Args(() => PageArgs) page: PageArgs): Promise<Connection<Memo>> {
    const db = (await ctx.db.em()).getKysely<{ 'hub.memo': { id: string; body: string; owner_id: string } }>();
    const query = db
      .selectFrom('hub.memo')
      .select(['id', 'body'])
      .where('owner_id', '=', ctx.caller?.organizationId ?? '');
    return keysetPage(
      query,
      [
        { by: 'body', type: 'text' },
        { by: 'id', type: 'uuid' },
      ],
      page,
      (row) => Object.assign(new Memo(), row),
    );
  }

  @Can('public')
  @Query(() => [Trap], { description: 'Ends a process that does not expect it.' })
  traps(): Trap[] {
    return [Object.assign(new Trap(), { nothing: 'x' }), new Trap()];
  }

  @Can('public')
  @Query(() => String, { description: 'Fails with the database.' })
  async broken(@Ctx() ctx: HubContext): Promise<string> {
    await (await ctx.db.em()).execute(`select 'secret value'::int`.replace('int', 'no_such_type'));
    return '';
  }

  @Can('public')
  @Query(() => String, { description: 'Waits for the test, then reads.' })
  async waits(@Ctx() ctx: HubContext): Promise<string> {
    await gate.wait;
    await ctx.db.em().then(
      () => gate.log.push('read'),
      (error: Error) => gate.log.push(error.message),
    );
    return 'done';
  }

  @Can('public')
  @Query(() => String, { description: 'Fails at once.' })
  async fails(): Promise<string> {
    return fail.notFound('Thing');
  }

  @Can('need.write')
  @Mutation(() => WriteMemoPayload, { description: 'Writes a memo.' })
  async writeMemo(
    @Ctx() ctx: HubContext,
    @Arg('input', () => WriteMemoInput) input: WriteMemoInput,
  ): Promise<InstanceType<typeof WriteMemoPayload>> {
    const em = await ctx.db.em();
    const id = await once(ctx, input.idempotencyKey, 'writeMemo', input, async () => {
      const memo = em.create(Memo, { id: newId(), ownerId: ctx.caller?.organizationId ?? '', body: input.body });
      await em.flush();
      ctx.audit.record({ action: 'memo.write', patientId: memo.id, entity: 'memo', entityId: memo.id });
      await notify(em, 'memos', memo.ownerId, memo.id);
      return memo.id;
    });
    if (input.trouble === 'refuse') return refuse('NO_PAPER', 'There is no paper left.', 'body');
    if (input.trouble === 'throw') throw new Error('secret words');
    return { memo: await em.findOneOrFail(Memo, { id }) };
  }

  @Can('need.write')
  @Mutation(() => GiveMemoPayload, { description: 'Gives a memo away.' })
  async giveMemo(
    @Ctx() ctx: HubContext,
    @Arg('input', () => GiveMemoInput) input: GiveMemoInput,
  ): Promise<InstanceType<typeof GiveMemoPayload>> {
    const memo = await load(ctx, Memo, input.id, 'change');
    memo.ownerId = input.ownerId;
    await assertStillMine(ctx, memo, 'change');
    return { memo };
  }

  @Can('referral.read')
  @Subscription(() => Memo, {
    description: 'A memo was written.',
    subscribe: ({ context }: { context: HubContext }) =>
      context.platform.live.subscribe('memos', context.caller?.organizationId ?? ''),
  })
  memoWritten(@Root() id: string, @Ctx() ctx: HubContext): Promise<Memo> {
    return load(ctx, Memo, id);
  }

  @FieldResolver(() => String, { description: 'The same text, by a loader.' })
  echo(@Root() memo: Memo, @Ctx() ctx: HubContext): Promise<string> {
    return loader<string, string>(ctx, Symbol.for('test.echo'), async (inner, ids) => {
      const rows = await (await inner.db.em()).find(Memo, { id: { $in: [...ids] } });
      return ids.map((id) => rows.find((row) => row.id === id)?.body ?? '');
    }).load(memo.id);
  }

  @Can('audit.read')
  @FieldResolver(() => String, { nullable: true, description: 'Only for privacy officers.' })
  secret(): string {
    return 'hush';
  }
}

export const tinyFeature: Feature = { name: 'tiny', entities: [Memo], resolvers: [MemoResolver] };

/** Someone with these roles in an organization of their own. */
export function someone(...roles: Role[]): Caller {
  return callerOf({ userId: newId(), organizationId: newId(), roles, via: 'SESSION' });
}

/** A key that {@link tinyServer} takes for this caller. */
export function keyOf(caller: Caller): string {
  const { userId, organizationId, roles } = caller;
  return Buffer.from(JSON.stringify({ userId, organizationId, roles })).toString('base64url');
}

function callerIn({ bearer, request }: Incoming): Caller | null {
  const key = bearer ?? request.cookies.get('session');
  if (!key) return null;
  const who = JSON.parse(Buffer.from(key, 'base64url').toString()) as Pick<
    Caller,
    'userId' | 'organizationId' | 'roles'
  >;
  return callerOf({ ...who, via: bearer ? 'API_KEY' : 'SESSION', permissions: permissionsOf(who.roles) });
}

export async function tinyHub(): Promise<TestHub> {
  const hub = await testHub({ features: [tinyFeature] });
  await hub.owner.query(MEMO_TABLE);
  return hub;
}

/** The whole server over the tiny schema; who calls is said by the key itself. */
export async function tinyServer(hub: TestHub, options: Partial<ServerOptions<HubContext>> = {}) {
  const ended = new Set<string>();
  const server = await createServer<HubContext>({
    production: true,
    baseUrl: undefined,
    trustProxy: undefined,
    log: hub.platform.log,
    schema: buildHubSchema([MemoResolver]),
    documents: new Map(),
    open: async (incoming) => {
      const caller = callerIn(incoming);
      const gone = caller?.userId && ended.has(caller.userId);
      return openContext(hub.platform, gone ? null : caller, incoming.request);
    },
    settle,
    isSignedIn: (ctx) => ctx.caller !== null,
    holderOf: (ctx) => ctx.caller?.userId ?? null,
    webRoot: '/nowhere',
    checks: [{ name: 'database', ready: () => true }],
    ...options,
  });
  const url = await server.listen(0, '127.0.0.1');
  return { ...server, url, end: (caller: Caller) => ended.add(caller.userId ?? '') };
}
