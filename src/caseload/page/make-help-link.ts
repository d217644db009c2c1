import { load, type HubContext } from '../../access/index.js';
import { hashToken, linkToken, Organization, tokenLink } from '../../identity/index.js';
import type { Config } from '../../platform/config.js';
import { fail } from '../../platform/graphql/errors.js';
import { refuse } from '../../platform/graphql/refusal.js';
import { newId } from '../../platform/id.js';
import { fill, type Words } from '../../platform/words.js';
import { Consent } from '../consent/consent.entity.js';
import { RelatedPerson } from '../patient/around.entity.js';
import { Patient } from '../patient/patient.entity.js';
import { dayOf, personOf } from '../patient/scope.js';
import { mayReach } from '../reach/may-reach.js';
import { rulesOf } from '../reach/rules-of.js';
import { WHY_WORDS } from '../reach/why-words.js';
import { defineLetter, writeLetter } from '../reach/write-letter.js';
import { recordAccess } from '../record-access.js';
import { HelpLink } from './help-link.entity.js';
import type { MakeHelpLinkInput } from './help-link.inputs.js';

const DAY_MS = 86_400_000;
/** Long enough for a referral to end; whoever needs it longer gets another. */
const DAYS = 60;
const MOST_DAYS = 180;
/** What a person may be sent in a day, by mistake or by somebody impatient. */
const MOST_A_DAY = 5;

/** What the tokens of these links are made for. */
export const HELP_LINK_PURPOSE = 'help link';

const TEXT = {
  subject: { en: 'A message for you', es: 'Un mensaje para usted' },
  own: {
    en: 'This is your own page at {organization}: {link}\n\nYou can see how things stand and decide who sees what. It works until {date}.{asks}\n\nIf you did not ask for this, do nothing.\n',
    es: 'Esta es su propia página en {organization}: {link}\n\nPuede ver cómo va todo y decidir quién ve qué. Funciona hasta el {date}.{asks}\n\nSi no lo pidió, no haga nada.\n',
  },
  relative: {
    en: 'This is a page for you at {organization}: {link}\n\nIt shows what you may see. It works until {date} at the most.{asks}\n\nIf you do not expect this, do nothing.\n',
    es: 'Esta es una página para usted en {organization}: {link}\n\nMuestra lo que usted puede ver. Funciona como máximo hasta el {date}.{asks}\n\nSi no lo esperaba, no haga nada.\n',
  },
  asks: { en: ' It asks for a year of birth first.', es: ' Primero pregunta un año de nacimiento.' },
} as const satisfies Record<string, Words>;

/** The address behind which a page opens. */
export const helpLinkUrl = (config: Pick<Config, 'secret' | 'baseUrl' | 'port'>, linkId: string): string =>
  tokenLink(config, 'my-help', linkToken(config.secret, HELP_LINK_PURPOSE, linkId));

/** The letter with the link of a page. It says nothing about anybody. */
export const helpLinkLetter = defineLetter({
  name: 'HELP_LINK',
  async words(em, letter, { config, clock }) {
    const link = letter.aboutId ? await em.findOne(HelpLink, letter.aboutId) : null;
    if (!link?.worksAt(clock.now())) return null;
    const organization = (await em.findOneOrFail(Organization, letter.careOrgId)).name;
    const url = helpLinkUrl(config, link.id);
    const date = dayOf(link.expiresAt);
    const asks = link.asksBirthYear ? TEXT.asks : '';
    const body = letter.relatedPersonId ? TEXT.relative : TEXT.own;
    return { subject: TEXT.subject, text: fill(body, { organization, link: url, date, asks }) };
  },
});

/** Whether somebody around a patient was given anything to see: by the patient's consent, or by their own authority. */
async function wasGiven(ctx: HubContext, patient: Patient, person: RelatedPerson): Promise<boolean> {
  const now = ctx.clock.now();
  if (person.mayDecide(dayOf(now))) return true;
  const em = await ctx.db.em();
  const given = await em.find(Consent, { patientId: patient.id, granteeRelatedPersonId: person.id, status: 'ACTIVE' });
  return given.some((consent) => consent.effectiveAt(now));
}

async function relative(ctx: HubContext, patient: Patient, id: string): Promise<RelatedPerson> {
  const em = await ctx.db.em();
  const { careOrgId } = patient;
  const found = await em.findOne(RelatedPerson, { id, careOrgId, patientId: patient.id, endedAt: null });
  const person = found ?? fail.notFound('RelatedPerson');
  if (!(await wasGiven(ctx, patient, person))) {
    refuse('NOTHING_GIVEN', 'First record what the patient lets this person see.', 'relatedPersonId');
  }
  return person;
}

/** Makes the link of a page and has it sent, or answers its address to be shown as a code. Older ones stop working. */
export async function makeHelpLink(
  ctx: HubContext,
  input: MakeHelpLinkInput,
): Promise<{ link: HelpLink; url: string | null; goesAt: Date | null }> {
  const patient = await load(ctx, Patient, input.patientId, 'update');
  const by = personOf(ctx);
  if (patient.status === 'DECEASED' && !input.relatedPersonId) {
    refuse('PERSON_DIED', 'This person has died: nobody opens their page any more.', 'patientId');
  }
  const person = input.relatedPersonId ? await relative(ctx, patient, input.relatedPersonId) : null;
  const days = input.days ?? DAYS;
  if (days < 1 || days > MOST_DAYS) fail.badInput('input.days', `1 to ${MOST_DAYS} days are expected`);
  const em = await ctx.db.em();
  const now = ctx.clock.now();
  const { careOrgId, id: patientId } = patient;
  const to = { careOrgId, patientId, relatedPersonId: person?.id ?? null };
  const { way } = input;
  let goesAt: Date | null = null;
  if (way !== 'PAPER') {
    const rules = (await rulesOf(em, to)) ?? fail.notFound('Patient');
    const reach = mayReach(rules, now, way);
    if (reach.go === 'ASK') refuse(reach.why, WHY_WORDS[reach.why][ctx.language], 'way');
    goesAt = reach.go === 'WAIT' ? reach.until : null;
  }
  const older = await em.find(HelpLink, { ...to, revokedAt: null });
  const made = await em.count(HelpLink, { ...to, createdAt: { $gt: new Date(now.getTime() - DAY_MS) } });
  if (made >= MOST_A_DAY) refuse('TOO_MANY', 'Enough links were made for today.');
  for (const one of older) Object.assign(one, { revokedAt: now, revokedBy: by });
  const id = newId();
  const token = linkToken(ctx.platform.config.secret, HELP_LINK_PURPOSE, id);
  const link = em.create(HelpLink, {
    id,
    ...to,
    tokenHash: hashToken(token),
    way,
    // What nobody knows cannot be asked.
    asksBirthYear: Boolean(patient.birthDate) && (input.asksBirthYear ?? true),
    createdBy: by,
    createdAt: now,
    expiresAt: new Date(now.getTime() + days * DAY_MS),
    wrong: 0,
  });
  await em.flush();
  if (way !== 'PAPER') await writeLetter(em, helpLinkLetter, { ...to, way, aboutId: id, by }, now);
  recordAccess(ctx, { action: 'help.link', patientId, entity: 'help_link', entityId: id, detail: { way } });
  return { link, url: way === 'PAPER' ? helpLinkUrl(ctx.platform.config, id) : null, goesAt };
}

/** Takes a link back; pages that are open by it close at once. */
export async function revokeHelpLink(ctx: HubContext, id: string): Promise<HelpLink> {
  const link = await load(ctx, HelpLink, id, 'update');
  const em = await ctx.db.em();
  if (!link.revokedAt) Object.assign(link, { revokedAt: ctx.clock.now(), revokedBy: personOf(ctx) });
  await em.flush();
  recordAccess(ctx, { action: 'help.unlink', patientId: link.patientId, entity: 'help_link', entityId: id });
  return link;
}
