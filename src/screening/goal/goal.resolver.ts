import { Arg, Ctx, Field, FieldResolver, ID, InputType, Int, Mutation, Resolver, Root } from 'type-graphql';
import { Can, load, manyBy, where, type HubContext } from '../../access/index.js';
import { categoriesOf, dayOf, Patient, recordAccess } from '../../caseload/index.js';
import { SdohCategory } from '../../directory/index.js';
import { fail } from '../../platform/graphql/errors.js';
import { once } from '../../platform/graphql/idempotency.js';
import { payloadOf, type PayloadShape } from '../../platform/graphql/payload.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { LocalDate } from '../../platform/graphql/scalars.js';
import { newId } from '../../platform/id.js';
import { Need } from '../need/need.entity.js';
import { needById } from '../screening.loaders.js';
import { Goal } from './goal.entity.js';
import { GOAL_CODES, GoalAchievement, GoalLifecycle } from './goal.words.js';

@InputType({ description: 'What a patient wants to reach.' })
class SetGoalInput {
  @Field(() => ID, { description: 'Id of the need it addresses.' })
  needId!: string;

  @Field(() => String, { description: 'What is to be reached, in the patient’s words, 1 to 300 characters.' })
  description!: string;

  @Field(() => LocalDate, { nullable: true, description: 'Until when; today or later.' })
  targetOn?: string | null;

  @Field(() => String, { nullable: true, description: 'A key of the client’s choice, 8 to 100 characters.' })
  idempotencyKey?: string | null;
}

@InputType({ description: 'How far a goal is.' })
class MoveGoalInput {
  @Field(() => ID, { description: 'Id of the goal.' })
  id!: string;

  @Field(() => GoalLifecycle, { description: 'Where it stands.' })
  lifecycle!: GoalLifecycle;

  @Field(() => GoalAchievement, { description: 'How far it is.' })
  achievement!: GoalAchievement;

  @Field(() => Int, { description: 'The version that was read: of two changes at once the second is a CONFLICT.' })
  expectedVersion!: number;
}

const SetGoalPayload = payloadOf('SetGoal', 'goal', Goal, 'The goal as it stands now.');
const MoveGoalPayload = payloadOf('MoveGoal', 'goal', Goal, 'The goal as it stands now.');
type GoalPayload = PayloadShape<'goal', Goal>;

const goalsOf = manyBy<Goal>(
  async (ctx, patientIds) => {
    const mine = { $and: [{ patientId: { $in: [...patientIds] } }, where(ctx, Goal)] };
    const found = await (await ctx.db.em()).find(Goal, mine, { orderBy: { startedAt: 'desc', id: 'desc' } });
    const [patientId] = patientIds.length === 1 ? patientIds : [];
    recordAccess(ctx, { action: 'goal.list', patientId, entity: 'goal', detail: { count: found.length } });
    return found;
  },
  (goal) => goal.patientId,
);

async function setGoal(ctx: HubContext, input: SetGoalInput): Promise<string> {
  const description = input.description.trim();
  if (description === '') refuse('MISSING', 'Say what is to be reached.', 'description');
  if (description.length > 300) refuse('TOO_LONG', 'Use at most 300 characters.', 'description');
  const now = ctx.clock.now();
  if (input.targetOn && input.targetOn < dayOf(now)) refuse('DAY_PASSED', 'Choose today or a later day.', 'targetOn');
  const need = await load(ctx, Need, input.needId, 'update');
  // A goal is about something that is there: what is only possible is talked about first.
  if (!['CONFIRMED', 'BEING_ADDRESSED'].includes(need.status)) {
    refuse('NEED_NOT_CONFIRMED', 'Confirm the need with the patient first.', 'needId');
  }
  return once(ctx, input.idempotencyKey, 'setGoal', input, async () => {
    const em = await ctx.db.em();
    const { careOrgId, patientId, category } = need;
    const { snomed = null, measure = null, detail = null } = GOAL_CODES[category] ?? {};
    const goal = em.create(Goal, {
      id: newId(),
      careOrgId,
      patientId,
      needId: need.id,
      category,
      description,
      descriptionSnomed: snomed,
      measureLoinc: measure,
      measureDetail: detail,
      targetOn: input.targetOn ?? null,
      lifecycle: 'ACTIVE',
      achievement: 'IN_PROGRESS',
      achievementOn: now,
      startedAt: now,
      createdBy: ctx.caller?.userId ?? null,
      version: 1,
      updatedAt: now,
    });
    await em.flush();
    recordAccess(ctx, { action: 'goal.set', patientId, entity: 'goal', entityId: goal.id });
    return goal.id;
  });
}

@Resolver(() => Goal)
export class GoalResolver {
  @Can('need.write')
  @Mutation(() => SetGoalPayload, { description: 'Notes what a patient wants to reach about a confirmed need.' })
  async setGoal(@Arg('input', () => SetGoalInput) input: SetGoalInput, @Ctx() ctx: HubContext): Promise<GoalPayload> {
    return { goal: await load(ctx, Goal, await setGoal(ctx, input)) };
  }

  @Can('need.write')
  @Mutation(() => MoveGoalPayload, { description: 'Says how far a goal is, or ends it.' })
  async moveGoal(
    @Arg('input', () => MoveGoalInput) input: MoveGoalInput,
    @Ctx() ctx: HubContext,
  ): Promise<GoalPayload> {
    const goal = await load(ctx, Goal, input.id, 'update');
    if (goal.version !== input.expectedVersion) fail.conflict();
    if (!goal.may(input.lifecycle)) {
      refuse('GOAL_NOT_THERE', 'This goal has ended. Set a new one to go on.', 'lifecycle');
    }
    goal.move(input.lifecycle, input.achievement, ctx.clock.now());
    await (await ctx.db.em()).flush();
    recordAccess(ctx, { action: 'goal.move', patientId: goal.patientId, entity: 'goal', entityId: goal.id });
    return { goal };
  }

  @FieldResolver(() => Need, { nullable: true, description: 'The need it addresses.' })
  need(@Root() goal: Goal, @Ctx() ctx: HubContext): Promise<Need | null> {
    return needById(ctx, goal.needId);
  }

  @FieldResolver(() => SdohCategory, { nullable: true, description: 'What kind of need it addresses.' })
  category(@Root() goal: Goal): SdohCategory | undefined {
    return categoriesOf([goal.category])[0];
  }
}

@Resolver(() => Patient)
export class PatientGoals {
  @Can('screening.read')
  @FieldResolver(() => [Goal], { description: 'What the patient wants to reach, the latest first.' })
  async goals(@Root() patient: { id: string }, @Ctx() ctx: HubContext): Promise<readonly Goal[]> {
    return goalsOf(ctx, patient.id);
  }
}
