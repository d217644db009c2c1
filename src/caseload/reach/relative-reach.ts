import { Field, InputType } from 'type-graphql';
import type { PersonFields } from '../patient/person-fields.js';
import { ContactMethod } from '../patient/words.js';
import { ContactWindowInput, type ContactWindow } from './contact-windows.js';

/** What adding and changing somebody around a patient say alike. Left out: unchanged; null: cleared. */
@InputType({ description: 'How somebody around a patient is reached.' })
export abstract class RelativeReach {
  @Field(() => String, { nullable: true, description: 'Phone number, as people write it.' })
  phone?: string | null;

  @Field(() => String, { nullable: true, description: 'E-mail address.' })
  email?: string | null;

  @Field(() => String, { nullable: true, description: 'Preferred language as an ISO 639 code; English at first.' })
  language?: string | null;

  @Field(() => ContactMethod, {
    nullable: true,
    description: 'How they want to be reached; null for by text where there is a number, else by mail.',
  })
  contactMethod?: ContactMethod | null;

  @Field(() => [ContactWindowInput], {
    nullable: true,
    description: 'Hours in which it is safe, at most 14 stretches; letters and texts obey them. Null for any time.',
  })
  contactWindows?: ContactWindow[] | null;

  @Field(() => String, {
    nullable: true,
    description: 'Their IANA time zone, such as `America/Denver`; null for that of the patient.',
  })
  timeZone?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether this phone number may be used; yes at first.' })
  phoneSafe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether this e-mail address may be used; yes at first.' })
  emailSafe?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether a message may be left on the phone; no at first.' })
  voicemailOk?: boolean | null;

  @Field(() => String, { nullable: true, description: 'What to mind when reaching out to them.' })
  contactNote?: string | null;
}

/** These as they are kept; what is wrong goes to the problems of the check. */
export const relativeReach = (check: PersonFields, input: RelativeReach) => ({
  phone: check.phone('phone', input.phone),
  email: check.email('email', input.email),
  language: check.language('language', input.language ?? undefined),
  contactMethod: input.contactMethod,
  contactWindows: check.windows('contactWindows', input.contactWindows),
  timeZone: check.zone('timeZone', input.timeZone),
  phoneSafe: input.phoneSafe ?? undefined,
  emailSafe: input.emailSafe ?? undefined,
  voicemailOk: input.voicemailOk ?? undefined,
  contactNote: check.text('contactNote', input.contactNote, 2000),
});
