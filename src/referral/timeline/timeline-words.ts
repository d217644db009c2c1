import { Field, ID, ObjectType, registerEnumType } from 'type-graphql';
import { dayWords } from '../../caseload/index.js';
import { toDate } from '../../platform/database/rows.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { fill, join, type Language, type Words } from '../../platform/words.js';
import { ownWhy } from '../own-why.js';
import { reasonWords, REASONS } from '../reasons.js';
import type { ReasonCode, Status } from '../referral.enums.js';

export const TimelineKind = {
  STEP: 'STEP',
  APPOINTMENT: 'APPOINTMENT',
  REACH: 'REACH',
  CALL: 'CALL',
  PAPER: 'PAPER',
} as const;
export type TimelineKind = keyof typeof TimelineKind;
registerEnumType(TimelineKind, {
  name: 'TimelineKind',
  description: 'What happened around a patient.',
  valuesConfig: {
    STEP: { description: 'A referral went on: sent, answered, on a waiting list, ended.' },
    APPOINTMENT: { description: 'An appointment; it may still be to come.' },
    REACH: { description: 'An agency tried to reach the person.' },
    CALL: { description: 'Help outside the hub, such as by phone.' },
    PAPER: { description: 'A paper came from the person or somebody around them.' },
  },
});

@ObjectType({ description: 'One thing that happened around a patient, in plain words for whoever reads it.' })
export class TimelineEntry {
  @Field(() => ID, { description: 'Its id.' })
  id!: string;

  @Field(() => TimelineKind, { description: 'What kind of thing.' })
  kind!: TimelineKind;

  @Field(() => DateTimeISO, { description: 'When; of an appointment, when it is.' })
  at!: Date;

  @Field(() => String, { description: 'What happened, in a sentence.' })
  words!: string;

  @Field(() => String, {
    nullable: true,
    description: 'More about it, such as a reason or a place; null when there is none.',
  })
  detail!: string | null;

  /** Not part of the API. */
  referralId!: string | null;
}

export type Audience = 'PERSON' | 'CARE_TEAM';

/**
 * As PostgreSQL sends it. `who`: an agency; of a call, how it was asked; of a paper, who sent it. `spot`: where an appointment
 * is; of a step, PHONE when the agency said it by phone and somebody of the care team wrote it down.
 */
export interface TimelineRow {
  id: string;
  kind: TimelineKind;
  at: string;
  state: string;
  reason: string | null;
  about: string | null;
  who: string | null;
  referralId: string | null;
  place: number | null;
  day: string | null;
  spot: string | null;
}

const STEPS: Partial<Record<Status, Words>> = {
  REQUESTED: { en: '{about}: asked for help', es: '{about}: se pidió ayuda' },
  ACCEPTED: { en: '{about}: they said yes', es: '{about}: dijeron que sí' },
  IN_PROGRESS: { en: '{about}: help is under way', es: '{about}: la ayuda está en marcha' },
  ON_HOLD: { en: '{about}: waiting', es: '{about}: en espera' },
  COMPLETED: { en: '{about}: they say it is done', es: '{about}: dicen que terminó' },
  REJECTED: { en: '{about}: they said no', es: '{about}: dijeron que no' },
  FAILED: { en: '{about}: it did not work out', es: '{about}: no resultó' },
  CANCELLED: { en: '{about}: taken back', es: '{about}: se retiró' },
};
const WAITLIST: Words = { en: '{about}: on the waiting list', es: '{about}: en lista de espera' };
const PLACE: Words = { en: 'Place {place} on the list', es: 'Lugar {place} en la lista' };
const EXPECTED: Words = { en: 'expected around {day}', es: 'se espera hacia el {day}' };
const APPOINTMENT: Words = { en: 'Appointment: {about}', es: 'Cita: {about}' };
const REACH: Record<Audience, Record<string, Words>> = {
  PERSON: {
    REACHED: { en: '{who} reached you', es: '{who} se comunicó con usted' },
    NOT_REACHED: { en: '{who} tried to reach you', es: '{who} intentó comunicarse con usted' },
  },
  CARE_TEAM: {
    REACHED: { en: '{who} reached the person', es: '{who} se comunicó con la persona' },
    NOT_REACHED: { en: '{who} tried to reach the person', es: '{who} intentó comunicarse con la persona' },
  },
};
const CALLS: Record<string, Words> = {
  ASKED: { en: '{about}: asked for help', es: '{about}: se pidió ayuda' },
  ACCEPTED: { en: '{about}: they said yes', es: '{about}: dijeron que sí' },
  WAITLIST,
  DECLINED: { en: '{about}: they said no', es: '{about}: dijeron que no' },
  HELPED: { en: '{about}: the help came', es: '{about}: llegó la ayuda' },
  NOT_HELPED: { en: '{about}: it did not work out', es: '{about}: no resultó' },
};
const HOW: Record<string, Words> = {
  PHONE: { en: 'By phone', es: 'Por teléfono' },
  IN_PERSON: { en: 'In person', es: 'En persona' },
  EMAIL: { en: 'By email', es: 'Por correo electrónico' },
  FAX: { en: 'By fax', es: 'Por fax' },
  WEBSITE: { en: 'On their website', es: 'En su sitio web' },
};
const ASKS: Record<Audience, Words> = {
  PERSON: { en: 'You ask them yourself', es: 'Usted les pregunta' },
  CARE_TEAM: { en: 'The person asks them', es: 'La persona les pregunta' },
};
const TOLD: Record<Audience, Words> = {
  PERSON: { en: 'They told your care team by phone', es: 'Se lo dijeron por teléfono a su equipo de atención' },
  CARE_TEAM: { en: 'Told by phone', es: 'Dicho por teléfono' },
};
const PAPER: Record<Audience, Words> = {
  PERSON: { en: 'You sent a paper', es: 'Usted envió un documento' },
  CARE_TEAM: { en: 'The person sent a paper', es: 'La persona envió un documento' },
};
const PAPER_BY: Words = { en: '{who} sent a paper', es: '{who} envió un documento' };

function wordsOf({ kind, state, reason, about, who }: TimelineRow, audience: Audience): Words {
  const filling = { about: about ?? '', who: who ?? '' };
  if (kind === 'APPOINTMENT') return fill(APPOINTMENT, filling);
  if (kind === 'REACH') return fill(REACH[audience][state] ?? REACH[audience]['NOT_REACHED'] ?? PAPER_BY, filling);
  if (kind === 'PAPER') return who ? fill(PAPER_BY, filling) : PAPER[audience];
  if (kind === 'CALL') return fill(CALLS[state] ?? WAITLIST, filling);
  if (state === 'ON_HOLD' && reason === 'WAITLIST') return fill(WAITLIST, filling);
  return fill(STEPS[state as Status] ?? WAITLIST, filling);
}

/** No reason of an agency's goes to the person word for word; the care team reads the words of its code. */
function whyOf({ state, reason }: TimelineRow, audience: Audience, language: Language): string | null {
  if (!reason || reason === 'OTHER' || reason === 'WAITLIST') return null;
  const status = (state === 'DECLINED' ? 'REJECTED' : state === 'NOT_HELPED' ? 'FAILED' : state) as Status;
  if (audience === 'PERSON') return ownWhy(status, reason as ReasonCode, language);
  return status in REASONS ? (reasonWords(status as keyof typeof REASONS, { code: reason })?.[language] ?? null) : null;
}

function detailOf(row: TimelineRow, audience: Audience, language: Language): string | null {
  const waiting = [
    ...(row.place === null ? [] : [fill(PLACE, { place: row.place })]),
    ...(row.day === null ? [] : [fill(EXPECTED, { day: dayWords(row.day) })]),
  ];
  const how = row.kind === 'CALL' ? (row.who === 'PERSON_ASKS' ? ASKS[audience] : HOW[row.who ?? '']) : undefined;
  const why = row.kind === 'STEP' || row.kind === 'CALL' ? whyOf(row, audience, language) : null;
  const agency = row.kind === 'STEP' || row.kind === 'APPOINTMENT' ? row.who : null;
  const spot = row.kind === 'STEP' ? row.spot && TOLD[audience][language] : row.spot;
  const parts = [agency, how?.[language], spot, waiting.length > 0 ? join(waiting)[language] : null, why];
  return parts.filter(Boolean).join('. ') || null;
}

export function entryOf(row: TimelineRow, audience: Audience, language: Language): TimelineEntry {
  const { id, kind, referralId } = row;
  return Object.assign(new TimelineEntry(), {
    id,
    kind,
    referralId,
    at: toDate(row.at),
    words: wordsOf(row, audience)[language],
    detail: detailOf(row, audience, language),
  });
}
