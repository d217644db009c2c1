import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/connection.js';
import type { SearchHit } from '../../platform/search/port.js';
import { SdohCategory } from '../category.js';
import { Fit } from '../eligibility/fit.js';
import { Service } from '../service/service.entity.js';
import { FoundPlace } from './find-place.js';

@ObjectType({ description: 'What one consideration added to a result’s place.' })
export class RankPart {
  @Field(() => String, { description: '`text`, `distance`, `fit`, `room`, `freshness` or `answers`.' })
  name!: string;

  @Field(() => Float, { description: 'Points, 0 to `most`.' })
  points!: number;

  @Field(() => Float, { description: 'The most points it can give; set by the hub’s operator.' })
  most!: number;

  @Field(() => String, { description: 'What it comes to, in plain words, in the locale preferred.' })
  words!: string;
}

@ObjectType({ description: 'A service that was found, at the place that answers best.' })
export class SearchResult {
  hit!: SearchHit;

  @Field(() => Service, { description: 'The listing.' })
  service!: Service;

  @Field(() => Float, {
    nullable: true,
    description: 'Statute miles from the place that was asked for, as the crow flies.',
  })
  distanceMiles!: number | null;

  @Field(() => Boolean, { description: 'Whether it serves the place that was asked for, wherever its office is.' })
  servesArea!: boolean;

  @Field(() => Fit, { nullable: true, description: 'Whether it is for the person; null when no person was given.' })
  fit!: Fit | null;

  @Field(() => [RankPart], { description: 'Why it stands where it stands.' })
  explanation!: RankPart[];
}

@ObjectType({ description: 'A result with its position.' })
export class ServiceSearchEdge {
  @Field(() => String, { description: 'The position in this search, for `after`.' })
  cursor!: string;

  @Field(() => SearchResult, { description: 'The result.' })
  node!: SearchResult;
}

@ObjectType({ description: 'How many of the results are of a category.' })
export class CategoryFacet {
  @Field(() => SdohCategory, { description: 'The category.' })
  category!: SdohCategory;

  @Field(() => Int, { description: 'Results.' })
  count!: number;
}

@ObjectType({ description: 'How many of the results have a value.' })
export class Facet {
  @Field(() => String, { description: 'The value, to filter by.' })
  value!: string;

  @Field(() => String, { description: 'The value in words.' })
  label!: string;

  @Field(() => Int, { description: 'Results.' })
  count!: number;
}

@ObjectType({
  description:
    'What the results have in common. Values of a list are counted with every other filter held and what is chosen from the same list left out: a second value can be chosen beside the first. When more was found than is looked at (1,200 services at their places), each count means "at least", and `exact` is false.',
})
export class SearchFacets {
  @Field(() => Boolean, { description: 'Whether all that was found was counted; else each count means "at least".' })
  exact!: boolean;

  @Field(() => [CategoryFacet], { description: 'By category, most first.' })
  categories!: CategoryFacet[];

  @Field(() => [Facet], { description: 'By language spoken, most first.' })
  languages!: Facet[];

  @Field(() => [Facet], { description: 'By what they cost, most first; a value is a CostKind.' })
  costs!: Facet[];

  @Field(() => [Facet], {
    description: 'By taxonomy term, those below it included, most first; 50 at most. A value is an id.',
  })
  terms!: Facet[];

  @Field(() => [Facet], { description: 'By agency, most first; 50 at most. A value is an id.' })
  organizations!: Facet[];

  @Field(() => [Facet], { description: 'By days within which they were confirmed: 30, 90, 180, 365.' })
  verifiedWithinDays!: Facet[];

  @Field(() => Int, { description: 'Have interpreters.' })
  interpreter!: number;

  @Field(() => Int, { description: 'Tell how people with a disability can use them.' })
  accessible!: number;

  @Field(() => Int, { description: 'Open at the moment asked for; now when none was.' })
  open!: number;

  @Field(() => Int, { nullable: true, description: 'Not ruled out for the person; null when none was given.' })
  fits!: number | null;

  @Field(() => Int, { description: 'Cost nothing.' })
  free!: number;

  @Field(() => Int, { description: 'Take referrals through the hub.' })
  takesReferrals!: number;

  @Field(() => Int, { description: 'Have room.' })
  hasRoom!: number;
}

@ObjectType({ description: 'What was left out of a search, because with all of it nothing was found.' })
export class SearchDropped {
  @Field(() => String, { description: 'The filter, such as `hasRoom`; `radiusMiles` when the circle was widened.' })
  name!: string;

  @Field(() => String, { description: 'What it was, in words, in the locale preferred.' })
  words!: string;
}

@ObjectType({ description: 'How the words were read.' })
export class SearchUnderstood {
  @Field(() => String, { nullable: true, description: 'The words as they were corrected; null when nothing was.' })
  corrected!: string | null;

  @Field(() => [String], { description: 'What was looked for besides.' })
  synonyms!: string[];

  @Field(() => SdohCategory, { nullable: true, description: 'The need that the words tell.' })
  category!: SdohCategory | null;

  @Field(() => [String], { description: 'Words that some results may lack, because too little has them all.' })
  dropped!: string[];

  @Field(() => [SearchDropped], {
    description: 'Filters that were left out and how far the circle was widened, because nothing was found with all.',
  })
  relaxed!: SearchDropped[];

  @Field(() => String, {
    nullable: true,
    description: 'One or two sentences that say what was left out, in the locale preferred; null when nothing was.',
  })
  sentence!: string | null;
}

@ObjectType({ description: 'A telephone line for somebody in danger, open day and night.' })
export class CrisisLine {
  @Field(() => String, { description: 'Which line, such as `suicide`.' })
  key!: string;

  @Field(() => String, { description: 'What it is called.' })
  name!: string;

  @Field(() => String, { description: 'Whom it is for and what it costs.' })
  about!: string;

  @Field(() => String, { description: 'The number to call.' })
  call!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The number to text; null where texts are not answered in the locale preferred.',
  })
  textTo!: string | null;

  @Field(() => String, { nullable: true, description: 'What to text.' })
  textWord!: string | null;

  @Field(() => String, { description: 'Its website.' })
  url!: string;
}

@ObjectType({ description: 'A page of search results.' })
export class ServiceSearch {
  @Field(() => [ServiceSearchEdge], { description: 'The results, best first.' })
  edges!: ServiceSearchEdge[];

  @Field(() => PageInfo, { description: 'Where the page lies.' })
  pageInfo!: PageInfo;

  @Field(() => Int, { nullable: true, description: 'Services found, counted up to 1,000.' })
  total!: number | null;

  @Field(() => Boolean, { description: 'Whether there are no more than `total`.' })
  totalIsExact!: boolean;

  @Field(() => FoundPlace, { nullable: true, description: 'The place that was searched around.' })
  place!: FoundPlace | null;

  @Field(() => SearchFacets, { description: 'What the results have in common.' })
  facets!: SearchFacets;

  @Field(() => SearchUnderstood, { description: 'How the words were read.' })
  understood!: SearchUnderstood;

  @Field(() => [CrisisLine], {
    description:
      'Lines to call at once, where the words or the need looked for tell of danger: of harming oneself, of violence by a partner, of sexual violence. Whether anything was found or not.',
  })
  crisisLines!: CrisisLine[];
}

export const SuggestionKind = {
  SERVICE: 'SERVICE',
  ORGANIZATION: 'ORGANIZATION',
  CATEGORY: 'CATEGORY',
  WORDS: 'WORDS',
  PLACE: 'PLACE',
} as const;
export type SuggestionKind = keyof typeof SuggestionKind;
registerEnumType(SuggestionKind, {
  name: 'SuggestionKind',
  description: 'What a suggestion is the name of.',
  valuesConfig: {
    WORDS: { description: 'A kind of help in plain words, to search for.' },
    PLACE: { description: 'A place, to search around.' },
  },
});

@ObjectType({ description: 'What may be meant by the letters typed so far.' })
export class Suggestion {
  @Field(() => SuggestionKind, { description: 'What it is.' })
  kind!: SuggestionKind;

  @Field(() => String, { description: 'Its name.' })
  text!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Its id, or the code of a category; null when several have the name.',
  })
  id!: string | null;
}
