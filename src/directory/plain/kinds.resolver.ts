import { sql } from 'kysely';
import { Ctx, Field, FieldResolver, Float, ObjectType, Resolver, Root } from 'type-graphql';
import { languageOf, loader, type Batch, type HubContext } from '../../access/index.js';
import { Service } from '../service/service.entity.js';
import type { Where } from './derive.js';
import { PLAIN_CATEGORIES } from './plain-categories.js';

@ObjectType({ description: 'A kind of help in plain words that a listing gives as far as its words tell, and why.' })
export class KindOfHelp {
  @Field(() => String, { description: 'The hub’s own code, such as `food-pantry`.' })
  code!: string;

  @Field(() => String, { description: 'What it is called, in the locale preferred.' })
  label!: string;

  @Field(() => Float, { description: 'How sure that is, 0 to 1.' })
  confidence!: number;

  @Field(() => String, {
    description:
      'Where the words stood: `name`, `headings`, `terms` (of the source’s taxonomy), `lead`, or `often` in the text.',
  })
  foundIn!: Where;

  @Field(() => String, { description: 'The words.' })
  words!: string;
}

type Row = Omit<KindOfHelp, 'label'>;

const kinds: Batch<string, Row[]> = async (ctx, ids) => {
  const { rows } = await sql<
    Row & { id: string }
  >`select service_id as id, code, confidence, found_in as "foundIn", words
    from hub.derived_category where service_id = any (${[...ids]}::uuid[]) order by confidence desc, code`.execute(
    (await ctx.db.em()).getKysely<unknown>(),
  );
  return ids.map((id) => rows.filter((row) => row.id === id));
};

@Resolver(() => Service)
export class ServiceKinds {
  @FieldResolver(() => [KindOfHelp], {
    description: 'Kinds of help that its words and terms tell; a curator who sets its categories overrules them.',
  })
  async kindsOfHelp(@Root() service: Service, @Ctx() ctx: HubContext): Promise<KindOfHelp[]> {
    const rows = await loader(ctx, kinds, kinds).load(service.id);
    const language = languageOf(ctx);
    return rows.flatMap((row) => {
      const category = PLAIN_CATEGORIES.find(({ code }) => code === row.code);
      return category ? [{ ...row, label: category.name[language] }] : [];
    });
  }
}
