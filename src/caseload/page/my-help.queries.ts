import type { HubContext } from '../../access/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { fill, type Language, type Words } from '../../platform/words.js';
import { actionWords } from '../access-log/access-words.js';
import { toThemselves } from './access-to-themselves.js';
import { categoriesOf } from '../categories.js';
import { ENDING, endingBy } from '../consent/ending.js';
import { CLASS_OF_RECIPIENTS } from '../consent/statement.js';
import type { ConsentMethod, ConsentStatus, GranteeClass } from '../consent/words.js';
import type { ContactMethod } from '../patient/words.js';
import type { ContactWindow } from '../reach/contact-windows.js';
import type { MyAccess, MyConsent, MyContact, MyDisclosure } from './my-help.types.js';
import { readerOf } from './reader.js';

const MOST = 200;

interface ConsentRow {
  id: string;
  organization: string | null;
  person: string | null;
  class: GranteeClass | null;
  categories: string[];
  statement: string | null;
  method: ConsentMethod;
  status: ConsentStatus;
  startsAt: string;
  expiresAt: string | null;
  expiryEvent: string | null;
  eventAt: string | null;
  revokedAt: string | null;
}

const CONSENTS = `select c.id, o.name as organization, r.name as person, c.grantee_class as class, c.categories, c.statement, c.method, c.status,
    c.starts_at as "startsAt", c.expires_at as "expiresAt", c.expiry_event as "expiryEvent", c.event_at as "eventAt", c.revoked_at as "revokedAt"
  from hub.consent c left join hub.organization o on o.id = c.grantee_organization_id
  left join hub.related_person r on r.id = c.grantee_related_person_id
  where c.patient_id = $1 and c.care_org_id = $2 and c.status <> 'ENTERED_IN_ERROR' and ($3 or c.sensitivities = '{}')
  order by c.created_at desc, c.id desc limit ${MOST}`;

/** What the patient agreed to share, the newest first; what names a sensitive class only when it was asked for. */
export async function myConsents(ctx: HubContext, withPrivate: boolean): Promise<MyConsent[]> {
  const { patientId, careOrgId } = readerOf(ctx);
  const now = ctx.clock.now();
  const ending = await ctx.db.query<{ id: string }>(`select c.id from ${ENDING} and c.patient_id = $3`, [
    now.toISOString(),
    endingBy(now),
    patientId,
  ]);
  const soon = new Set(ending.map(({ id }) => id));
  const rows = await ctx.db.query<ConsentRow>(CONSENTS, [patientId, careOrgId, withPrivate]);
  return rows.map(({ organization, person, class: group, categories, eventAt, status, ...row }) => {
    const expiresAt = toDateOrNull(row.expiresAt);
    const ended = [expiresAt, toDateOrNull(eventAt)].some((end) => end && end <= now);
    return {
      ...row,
      recipient: group ? CLASS_OF_RECIPIENTS[group][ctx.language] : (organization ?? person ?? ''),
      categories: categoriesOf(categories),
      status: status === 'ACTIVE' && ended ? 'EXPIRED' : status,
      startsAt: toDate(row.startsAt),
      expiresAt,
      endsSoon: soon.has(row.id),
      revokedAt: toDateOrNull(row.revokedAt),
    };
  });
}

interface DisclosureRow {
  id: string;
  at: string;
  organization: string | null;
  person: string | null;
  categories: string[];
  fields: string[];
  consentId: string | null;
  consentedAt: string | null;
}

const DISCLOSURES = `select d.id, d.at, o.name as organization, p.name as person, d.categories, d.fields, d.consent_id as "consentId",
    c.starts_at as "consentedAt"
  from hub.disclosure d left join hub.organization o on o.id = d.recipient_org_id
  left join hub.related_person p on p.id = d.recipient_related_person_id
  left join hub.consent c on c.id = d.consent_id left join hub.referral r on r.id = d.referral_id
  where d.patient_id = $1 and d.care_org_id = $2
    and ($3 or (coalesce(r.sensitivity, 'NONE') = 'NONE' and not coalesce(r.part2, false)
      and not exists (select from hub.need n where n.patient_id = $1 and n.category = any(d.categories) and n.sensitivity <> 'NONE')))
  order by d.at desc, d.id desc limit ${MOST}`;

/** What was told to whom, on which consent, the latest first. Nothing of it goes away when sharing stops. */
export async function myDisclosures(ctx: HubContext, withPrivate: boolean): Promise<MyDisclosure[]> {
  const { patientId, careOrgId } = readerOf(ctx);
  const rows = await ctx.db.query<DisclosureRow>(DISCLOSURES, [patientId, careOrgId, withPrivate]);
  return rows.map(({ organization, person, categories, ...row }) => ({
    ...row,
    at: toDate(row.at),
    to: organization ?? person ?? '',
    categories: categoriesOf(categories),
    consentedAt: toDateOrNull(row.consentedAt),
  }));
}

interface AuditRow {
  id: string;
  at: string;
  actor: string | null;
  organization: string;
  via: string;
  action: string;
  entityId: string | null;
  purpose: string | null;
  /** Views of lists, those of a day together. */
  listed: boolean;
}

const ACCESSES = `select a.id, a.at, a.actor_id as actor, a.org_id as organization, a.via, a.action, a.entity_id as "entityId", a.purpose, a.listed
  from hub.accesses_of_subject() a order by a.at desc, a.id desc limit ${MOST}`;
const IN_EMERGENCY: Words = { en: '{what}, in an emergency', es: '{what}, en una emergencia' };

const ITSELF: Words = { en: 'The hub itself', es: 'El propio sistema' };
const YOU: Words = { en: 'You, on this page', es: 'Usted, en esta página' };
const RELATIVE: Words = { en: 'Someone you let see this', es: 'Alguien a quien usted dejó ver esto' };

/** Who has seen or changed the record, the latest first: of the audit, the role of the page reads this one person. */
export async function myAccesses(ctx: HubContext, withPrivate: boolean): Promise<MyAccess[]> {
  const { patientId, careOrgId } = readerOf(ctx);
  const hidden = withPrivate ? [] : await ctx.db.query<Sensitive>(SENSITIVE_REFERRALS, [patientId, careOrgId]);
  const people = await ctx.db.query<Named>('select u.id, u.name from hub.user_account u', []);
  const rows = await ctx.db.query<AuditRow>(ACCESSES, []);
  const elsewhere = [...new Set(rows.map((row) => row.organization))];
  const places = await ctx.db.query<Named>('select id, name from hub.organization where id = any ($1::uuid[])', [
    elsewhere,
  ]);
  const nameOf = (list: readonly Named[], id: string | null) => list.find((one) => one.id === id)?.name;
  const secret = new Set(hidden.map(({ id }) => id));
  const agencies = new Set(hidden.map(({ agency }) => agency));
  return (
    rows
      .filter(({ entityId }) => !entityId || !secret.has(entityId))
      // A list tells of no referral: the name of the agency alone would say too much.
      .filter(({ listed, organization }) => !listed || !agencies.has(organization))
      .map(({ id, at, actor, organization, via, action, purpose }) => {
        const person = organization === careOrgId ? nameOf(people, actor) : undefined;
        const who = person ?? byLink(via, action, ctx.language) ?? nameOf(places, organization) ?? '';
        const what = toThemselves[action] ?? actionWords(action);
        const words = purpose === 'BREAK_GLASS' ? fill(IN_EMERGENCY, { what }) : what;
        return { id, at: toDate(at), who, words: words[ctx.language] };
      })
  );
}

interface Named {
  id: string;
  name: string;
}

interface Sensitive {
  id: string;
  agency: string;
}

const SENSITIVE_REFERRALS = `select id, to_org_id as agency from hub.referral where patient_id = $1 and from_org_id = $2 and (sensitivity <> 'NONE' or part2)`;

function byLink(via: string, action: string, language: Language): string | undefined {
  if (via === 'TASK') return ITSELF[language];
  if (via !== 'LINK' || !action.startsWith('help.')) return undefined;
  return (action.startsWith('help.relative') ? RELATIVE : YOU)[language];
}

interface ContactRow {
  method: ContactMethod;
  phone: string | null;
  email: string | null;
  phoneSafe: boolean;
  emailSafe: boolean;
  voicemailOk: boolean;
  windows: ContactWindow[] | null;
  language: string;
}

const CONTACT = `select contact_method as method, phone, email, phone_safe as "phoneSafe", email_safe as "emailSafe", voicemail_ok as "voicemailOk",
    contact_windows as windows, language from hub.patient where id = $1 and care_org_id = $2`;
const CONTACT_OF_RELATIVE = `select coalesce(contact_method, case when phone is not null then 'TEXT' when email is not null then 'EMAIL' else 'PHONE' end) as method,
    phone, email, phone_safe as "phoneSafe", email_safe as "emailSafe", voicemail_ok as "voicemailOk", contact_windows as windows, language
  from hub.related_person where id = $1 and care_org_id = $2`;

/** How whoever reads the page may be reached. Numbers and addresses are hinted at: the page may lie open on somebody's table. */
export async function myContact(ctx: HubContext): Promise<MyContact | null> {
  const { patientId, careOrgId, relatedPersonId } = readerOf(ctx);
  const [sql, id] = relatedPersonId === null ? [CONTACT, patientId] : [CONTACT_OF_RELATIVE, relatedPersonId];
  const [row] = await ctx.db.query<ContactRow>(sql, [id, careOrgId]);
  if (!row) return null;
  const { phone, email, ...rest } = row;
  const [name = '', domain = ''] = email?.split('@') ?? [];
  return { ...rest, phoneEnding: phone?.slice(-4) ?? null, emailHint: email ? `${name.slice(0, 1)}…@${domain}` : null };
}

const UNTIL = 'select expires_at as until from hub.help_link where id = $1';

/** Until when the link works by which this page is open. */
export async function linkWorksUntil(ctx: HubContext): Promise<Date | null> {
  const [row] = await ctx.db.query<{ until: string }>(UNTIL, [ctx.caller?.credentialId]);
  return toDateOrNull(row?.until);
}
