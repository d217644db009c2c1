import { Field, ID, Int, InputType, ObjectType, registerEnumType } from 'type-graphql';
import { SdohCategory } from '../../directory/index.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { ConsentMethod, ConsentStatus } from '../consent/words.js';
import { ContactMethod } from '../patient/words.js';
import { ContactWindowInput, ContactWindowType, type ContactWindow } from '../reach/contact-windows.js';

export const PageState = { OPEN: 'OPEN', ASKS: 'ASKS', WRONG: 'WRONG', ENDED: 'ENDED' } as const;
export type PageState = keyof typeof PageState;
registerEnumType(PageState, {
  name: 'PageState',
  description: 'What became of a link that was opened.',
  valuesConfig: {
    ASKS: { description: 'The year of birth is asked first.' },
    WRONG: { description: 'The year was not right. Five times, and the link opens nothing any more.' },
    ENDED: { description: 'It opens nothing: too old, taken back, or what it showed was.' },
  },
});

@ObjectType({ description: 'A part of a person’s page: what they agreed to share.' })
export class MyConsent {
  @Field(() => ID, { description: 'Id of the consent.' })
  id!: string;

  @Field(() => String, { description: 'Who may receive, in words.' })
  recipient!: string;

  @Field(() => [SdohCategory], { description: 'What about.' })
  categories!: SdohCategory[];

  @Field(() => String, { nullable: true, description: 'The whole text that was agreed to, as it was shown or read.' })
  statement!: string | null;

  @Field(() => ConsentMethod, { description: 'How it was given.' })
  method!: ConsentMethod;

  @Field(() => ConsentStatus, { description: 'Where it stands now.' })
  status!: ConsentStatus;

  @Field(() => DateTimeISO, { description: 'When it was given.' })
  startsAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when it holds.' })
  expiresAt!: Date | null;

  @Field(() => Boolean, {
    description: 'Whether that is within two weeks, and nothing newer goes on from it: to be said to the care team.',
  })
  endsSoon!: boolean;

  @Field(() => String, { nullable: true, description: 'The event that ends it.' })
  expiryEvent!: string | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When it was stopped.' })
  revokedAt!: Date | null;
}

@ObjectType({ description: 'A part of a person’s page: one time that something about them was told.' })
export class MyDisclosure {
  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'Who was told.' })
  to!: string;

  @Field(() => [SdohCategory], { description: 'What about.' })
  categories!: SdohCategory[];

  @Field(() => [String], {
    description: 'What was told: name, needs, phone, safeContact, language, zip, message, referrals and so on.',
  })
  fields!: string[];

  @Field(() => DateTimeISO, {
    nullable: true,
    description: 'The day of the consent it relied on; null when told by authority.',
  })
  consentedAt!: Date | null;

  @Field(() => ID, { nullable: true, description: 'The consent it relied on.' })
  consentId!: string | null;
}

@ObjectType({ description: 'A part of a person’s page: one time that somebody saw or changed their record.' })
export class MyAccess {
  @Field(() => ID, { description: 'Its own id.' })
  id!: string;

  @Field(() => DateTimeISO, { description: 'When.' })
  at!: Date;

  @Field(() => String, { description: 'Who: a member of the care team by name, another organization by its name.' })
  who!: string;

  @Field(() => String, { description: 'What they did, in words.' })
  words!: string;
}

@ObjectType({ description: 'A part of a person’s page: how they may be reached.' })
export class MyContact {
  @Field(() => ContactMethod, { description: 'How they want to be reached.' })
  method!: ContactMethod;

  @Field(() => String, { nullable: true, description: 'The last four digits of the number; null without one.' })
  phoneEnding!: string | null;

  @Field(() => String, { nullable: true, description: 'The address with most of it hidden; null without one.' })
  emailHint!: string | null;

  @Field(() => Boolean, { description: 'Whether the number may be used.' })
  phoneSafe!: boolean;

  @Field(() => Boolean, { description: 'Whether the address may be used.' })
  emailSafe!: boolean;

  @Field(() => Boolean, { description: 'Whether a message may be left on the phone.' })
  voicemailOk!: boolean;

  @Field(() => [ContactWindowType], { nullable: true, description: 'When it is safe; null for any time.' })
  windows!: ContactWindow[] | null;

  @Field(() => String, { description: 'The language of letters and calls.' })
  language!: string;
}

@ObjectType({
  description:
    'The page of a patient, or what somebody around them was given of it. Sensitive matters are kept off it unless they are asked for.',
})
export class MyHelp {
  /** Not part of the API: whether sensitive matters were asked for. Never for somebody around the patient. */
  withPrivate!: boolean;

  @Field(() => ID, { description: 'Id of the patient.' })
  patientId!: string;

  @Field(() => String, { description: 'How the patient likes to be called.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'Whose page it is when it is not the patient’s: their name.' })
  reader!: string | null;

  @Field(() => String, { description: 'The care organization; the hub itself for somebody who asked for themselves.' })
  careTeam!: string;

  @Field(() => Boolean, {
    description: 'Whether the person asked for themselves, so that no care team is behind them.',
  })
  alone!: boolean;

  @Field(() => String, { nullable: true, description: 'Its phone number; null when none is listed.' })
  careTeamPhone!: string | null;

  @Field(() => String, { nullable: true, description: 'Who looks after the patient; null for somebody around them.' })
  careManager!: string | null;

  @Field(() => Boolean, {
    description: 'Whether the patient has died: then the page of somebody around them shows only what is theirs.',
  })
  died!: boolean;

  @Field(() => [SdohCategory], {
    nullable: true,
    description: 'What somebody around the patient may see; null for the patient, and for all that is not sensitive.',
  })
  given!: SdohCategory[] | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'Until when they may; null when no day was said.' })
  givenUntil!: Date | null;
}

@ObjectType({ description: 'The answer to `openMyHelp`.' })
export class OpenedPageType {
  @Field(() => PageState, { description: 'What became of the link.' })
  state!: PageState;

  @Field(() => String, {
    nullable: true,
    description: 'The token of the open page, to be sent as a bearer token. It ends after 20 quiet minutes.',
  })
  token!: string | null;
}

@InputType({ description: 'A link to exchange for an open page.' })
export class OpenMyHelpInput {
  @Field(() => String, { description: 'The token behind the `#` of the link.' })
  token!: string;

  @Field(() => Int, { nullable: true, description: 'The patient’s year of birth, when it is asked.' })
  birthYear?: number | null;
}

@InputType({ description: 'What a patient no longer shares.' })
export class StopSharingInput {
  @Field(() => ID, { nullable: true, description: 'One consent; all of them when left out, hidden ones too.' })
  consentId?: string | null;
}

@InputType({ description: 'How a patient wants to be reached from now on. What is left out stays.' })
export class ChangeMyContactInput {
  @Field(() => ContactMethod, { nullable: true, description: 'How.' })
  method?: ContactMethod | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the number may be used.' })
  phoneSafe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether the address may be used.' })
  emailSafe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a message may be left on the phone.' })
  voicemailOk?: boolean | null;

  @Field(() => [ContactWindowInput], { nullable: true, description: 'When it is safe; null for any time.' })
  windows?: ContactWindow[] | null;

  @Field(() => String, { nullable: true, description: 'The language, an ISO 639 code.' })
  language?: string | null;
}
