import { Ctx, Field, FieldResolver, Int, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Can, InLanguage, type HubContext } from '../access/index.js';
import { isSensitive, sensitivityOf } from '../access/sensitivity.js';
import type { Language, Words } from '../platform/words.js';
import type { AnswerOption, Instrument, Item, NeedForm, Section } from './instrument.js';
import { activeInstruments } from './instruments.js';
import { ItemKind } from './screening.words.js';

@ObjectType('InstrumentAnswer', { description: 'One answer to choose.' })
export class InstrumentAnswerType {
  words!: Words;

  @Field(() => String, {
    description: 'LOINC answer code, such as `LA28397-0`; it means this only in its own question.',
  })
  code!: string;

  @Field(() => Boolean, { description: 'Whether it cannot stand beside another answer.' })
  exclusive!: boolean;
}

@ObjectType('InstrumentItem', { description: 'One question.' })
export class InstrumentItemType {
  words!: Words;

  @Field(() => String, { description: 'The question’s place in the form, such as `/71802-3`.' })
  linkId!: string;

  @Field(() => String, { nullable: true, description: 'LOINC code of the question; null where LOINC has none.' })
  loinc!: string | null;

  @Field(() => ItemKind, { description: 'What kind of answer it takes.' })
  kind!: ItemKind;

  @Field(() => [InstrumentAnswerType], { description: 'The answers to choose from; empty for numbers and text.' })
  answers!: InstrumentAnswerType[];

  @Field(() => Boolean, {
    description: 'Whether its answer may reveal something sensitive, such as violence at home: ask alone.',
  })
  sensitive!: boolean;
}

@ObjectType('InstrumentSection', { description: 'A group of questions, shown together.' })
export class InstrumentSectionType {
  words!: Words;

  @Field(() => String, { description: 'The section’s name in the form.' })
  key!: string;

  @Field(() => Boolean, { description: 'Whether it may be left out as a whole.' })
  optional!: boolean;

  @Field(() => [InstrumentItemType], { description: 'The questions in their order.' })
  items!: InstrumentItemType[];
}

@ObjectType('Instrument', { description: 'A screening form in one version.' })
export class InstrumentType {
  form!: Instrument;

  @Field(() => String, { description: 'The form’s name for programs, such as `ahc-hrsn`.' })
  key!: string;

  @Field(() => String, { description: 'Its version, such as `1.0.0`.' })
  version!: string;

  @Field(() => Int, { nullable: true, description: 'How long it takes, in minutes.' })
  minutes!: number | null;

  @Field(() => String, { nullable: true, description: 'LOINC panel; null for a form that mixes panels.' })
  panelLoinc!: string | null;

  @Field(() => [InstrumentSectionType], { description: 'The groups of questions in their order.' })
  sections!: InstrumentSectionType[];

  @Field(() => [String], { description: 'Citations and licence notices to show with the form.' })
  notices!: string[];
}

const shaped = new WeakMap<Instrument, InstrumentType>();

/** An instrument as the API shows it. Forms never change, so each is shaped once. */
export function instrumentType(form: Instrument): InstrumentType {
  const known = shaped.get(form);
  if (known) return known;
  const { key, version, minutes, notices } = form;
  const sections = form.sections.map((section) => sectionType(form, section));
  const made = Object.assign(new InstrumentType(), {
    form,
    key,
    version,
    minutes,
    notices,
    sections,
    panelLoinc: form.loinc,
  });
  shaped.set(form, made);
  return made;
}

function sectionType(form: Instrument, section: Section): InstrumentSectionType {
  const items = section.items.map((item) => itemType(form, item));
  const { key, optional = false, title: words } = section;
  return Object.assign(new InstrumentSectionType(), { key, optional, words, items });
}

function itemType(form: Instrument, item: Item): InstrumentItemType {
  const answers = (item.answers ?? []).map(answerType);
  const kind = ItemKind[item.type.toUpperCase() as ItemKind];
  const { linkId, loinc = null, text: words } = item;
  return Object.assign(new InstrumentItemType(), {
    linkId,
    loinc,
    words,
    kind,
    answers,
    sensitive: revealing(form, item),
  });
}

function answerType({ code, text: words, exclusive = false }: AnswerOption): InstrumentAnswerType {
  return Object.assign(new InstrumentAnswerType(), { code, words, exclusive });
}

/** Whether an answer, or a score it goes into, may point to a sensitive need. */
function revealing(form: Instrument, item: Item): boolean {
  const own = (item.answers ?? []).flatMap((answer) => answer.needs ?? []);
  const scored = form.scores.flatMap((score) =>
    'need' in score && score.of.includes(item.linkId) ? [score.need] : [],
  );
  return [...own, ...scored].some((key) => isSensitive(classOf(form.needs[key])));
}

function classOf(need: NeedForm | undefined) {
  return need?.sensitivity ?? sensitivityOf(need?.category ?? '');
}

interface Worded {
  words: Words;
}

@Resolver(() => InstrumentType)
export class InstrumentResolver {
  @Can('screening.read')
  @Query(() => [InstrumentType], { description: 'The screening forms in use.' })
  async instruments(@Ctx() ctx: HubContext): Promise<InstrumentType[]> {
    return (await activeInstruments(ctx)).map(instrumentType);
  }

  @FieldResolver(() => String, { description: 'The form’s title.' })
  title(@Root() { form }: { form: Instrument }, @InLanguage() language: Language): string {
    return form.title[language];
  }

  @FieldResolver(() => String, { nullable: true, description: 'What the form asks about, in a sentence.' })
  description(@Root() { form }: { form: Instrument }, @InLanguage() language: Language): string {
    return form.description[language];
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: '`official` or `unofficial`; null when the form does not exist in that language.',
  })
  translationStatus(@Root() { form }: { form: Instrument }, @InLanguage() language: Language): string | null {
    return form.languages[language] ?? null;
  }
}

@Resolver(() => InstrumentSectionType)
export class InstrumentSectionResolver {
  @FieldResolver(() => String, { description: 'The group’s title.' })
  title(@Root() { words }: Worded, @InLanguage() language: Language): string {
    return words[language];
  }
}

@Resolver(() => InstrumentItemType)
export class InstrumentItemResolver {
  @FieldResolver(() => String, { description: 'The question as it is asked.' })
  text(@Root() { words }: Worded, @InLanguage() language: Language): string {
    return words[language];
  }
}

@Resolver(() => InstrumentAnswerType)
export class InstrumentAnswerResolver {
  @FieldResolver(() => String, { description: 'The answer as it is read out.' })
  text(@Root() { words }: Worded, @InLanguage() language: Language): string {
    return words[language];
  }
}
