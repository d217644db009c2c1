import { Ctx, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { categoriesOf, MyHelp, readerOf } from '../../caseload/index.js';
import { SdohCategory } from '../../directory/index.js';
import { toDate } from '../../platform/database/rows.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { NeedStatus } from '../screening.words.js';
import { plainNeedLabel } from './plain-labels.js';

@ObjectType({ description: 'A part of a person’s page: something they need.' })
export class MyNeed {
  @Field(() => ID, { description: 'Id of the need.' })
  id!: string;

  @Field(() => String, { description: 'The need in plain words.' })
  label!: string;

  @Field(() => SdohCategory, { nullable: true, description: 'What kind it is.' })
  category!: SdohCategory | null;

  @Field(() => NeedStatus, { description: 'Where it stands.' })
  status!: NeedStatus;

  @Field(() => DateTimeISO, { description: 'Since when it is known.' })
  since!: Date;
}

interface Row {
  id: string;
  label: string;
  category: string;
  status: NeedStatus;
  since: string;
}

const NEEDS = `select id, label, category, status, identified_at as since from hub.need
  where patient_id = $1 and care_org_id = $2 and status not in ('REFUTED', 'ENTERED_IN_ERROR') and ($3 or sensitivity = 'NONE')
  order by identified_at desc, id desc limit 100`;

@Resolver(() => MyHelp)
export class MyHelpNeeds {
  @FieldResolver(() => [MyNeed], { description: 'What the patient needs, the newest first.' })
  async needs(@Root() { withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyNeed[]> {
    const { patientId, careOrgId } = readerOf(ctx);
    const rows = await ctx.db.query<Row>(NEEDS, [patientId, careOrgId, withPrivate]);
    return rows.map(({ label, category, since, ...row }) => ({
      ...row,
      label: plainNeedLabel(label, ctx.language),
      category: categoriesOf([category])[0] ?? null,
      since: toDate(since),
    }));
  }
}
