import { defineEntity, p } from '@mikro-orm/postgresql';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { Patient } from '../../caseload/index.js';
import { DateTimeISO, LocalDate } from '../../platform/graphql/scalars.js';
import { Need } from '../need/need.entity.js';
import { GOAL_TRANSITIONS, GoalAchievement, GoalLifecycle } from './goal.words.js';

const GoalSchema = defineEntity({
  name: 'Goal',
  tableName: 'goal',
  properties: {
    id: p.uuid().primary(),
    careOrgId: p.uuid(),
    patientId: () => p.manyToOne(Patient).mapToPk().name('patient_id'),
    needId: () => p.manyToOne(Need).mapToPk().name('need_id'),
    category: p.text(),
    description: p.text(),
    descriptionSnomed: p.text().nullable(),
    measureLoinc: p.text().nullable(),
    measureDetail: p.text().nullable(),
    targetOn: p.date().nullable(),
    lifecycle: p.text().$type<GoalLifecycle>(),
    achievement: p.text().$type<GoalAchievement>(),
    achievementOn: p.datetime(),
    startedAt: p.datetime(),
    createdBy: p.uuid().nullable(),
    version: p.integer().version(),
    updatedAt: p.datetime(),
  },
});

@ObjectType({ description: 'What a patient wants to reach about a need (SDOHCC-Goal).' })
export class Goal extends GoalSchema.class {
  @Field(() => ID, { description: 'Id of the goal.' })
  override id!: string;

  @Field(() => String, { description: 'What is to be reached, in the patient’s words, at most 300 characters.' })
  override description!: string;

  @Field(() => String, { nullable: true, description: 'SNOMED CT code of it, such as `1078229009` food security.' })
  override descriptionSnomed!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'LOINC code of what is measured, such as `88124-3`.' })
  override measureLoinc!: string | null | undefined;

  @Field(() => String, { nullable: true, description: 'The answer that is to be reached, such as `LA19983-8`.' })
  override measureDetail!: string | null | undefined;

  @Field(() => LocalDate, { nullable: true, description: 'Until when.' })
  override targetOn!: string | null | undefined;

  @Field(() => GoalLifecycle, { description: 'Where it stands.' })
  override lifecycle!: GoalLifecycle;

  @Field(() => GoalAchievement, { description: 'How far it is.' })
  override achievement!: GoalAchievement;

  @Field(() => DateTimeISO, { description: 'Since when it is as far as that.' })
  override achievementOn!: Date;

  @Field(() => DateTimeISO, { description: 'When it was set.' })
  override startedAt!: Date;

  @Field(() => Int, { description: 'Goes up with every change; send it back as `expectedVersion`.' })
  override version!: number;

  /** Whether it may go there from where it stands. */
  may(to: GoalLifecycle): boolean {
    return to === this.lifecycle || GOAL_TRANSITIONS[this.lifecycle].includes(to);
  }

  /** How far it is, and where it stands. The date of the achievement is when that changed, as the guide says. */
  move(lifecycle: GoalLifecycle, achievement: GoalAchievement, now: Date): void {
    if (!this.may(lifecycle)) throw new Error(`A goal that is ${this.lifecycle} cannot become ${lifecycle}`);
    if (achievement !== this.achievement) this.achievementOn = now;
    this.lifecycle = lifecycle;
    this.achievement = achievement;
    this.updatedAt = now;
  }
}
GoalSchema.setClass(Goal);
