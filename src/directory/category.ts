import { Field, FieldResolver, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, InLanguage } from '../access/index.js';
import type { Language } from '../platform/words.js';
import { SDOH_CATEGORIES, sdohCategory, type SdohCategoryFacts } from './sdoh-categories.js';
import { Sensitivity } from './service/service.enums.js';

/** One of the 24 categories as the API shows it: made from {@link SdohCategoryFacts}, whose words the resolver picks. */
@ObjectType({ description: 'A kind of social need: one of the 24 categories of the Gravity project.' })
export class SdohCategory {
  @Field(() => String, { description: 'The code, such as `food-insecurity`.' })
  code!: string;

  @Field(() => String, { description: 'The display of the standard, such as "Food Insecurity".' })
  display!: string;

  @Field(() => String, { description: 'Name of an icon in the web client.' })
  icon!: string;

  @Field(() => Sensitivity, { description: 'The class of information that a need of this kind reveals.' })
  sensitivity!: Sensitivity;
}

/** The categories of these codes; a code that is no longer one is left out. */
export function categoriesOfCodes(codes: readonly string[]): SdohCategory[] {
  return codes.map((code) => sdohCategory(code)).filter((category) => category !== undefined);
}

/** The standard’s first one: any need that it has no category for. */
const UNNAMED = 'sdoh-category-unspecified';

@Resolver(() => SdohCategory)
export class SdohCategoryResolver {
  @Can('public')
  @Query(() => [SdohCategory], {
    description: 'All kinds of social needs, in the order of the standard; the one that names none comes last.',
  })
  sdohCategories(): SdohCategory[] {
    const [unnamed, named] = [true, false].map((none) =>
      SDOH_CATEGORIES.filter(({ code }) => (code === UNNAMED) === none),
    );
    return [...(named ?? []), ...(unnamed ?? [])];
  }

  @FieldResolver(() => String, { description: 'Plain words for people, in the locale asked for or preferred.' })
  label(@Root() category: SdohCategory, @InLanguage() language: Language): string {
    const facts: SdohCategoryFacts | undefined = sdohCategory(category.code);
    return facts?.label[language] ?? category.display;
  }
}
