import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { manyBy, ofPatients, type HubContext } from '../../access/index.js';
import { defineFileKind, StoredFile } from '../../identity/index.js';
import { toDate, toDateOrNull } from '../../platform/database/rows.js';
import { fail } from '../../platform/graphql/errors.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';
import { auditPage, readerOf } from '../page/reader.js';
import { recordAccess } from '../record-access.js';

/** A paper that came from a person's page. */
export const PERSON_PAPER = 'person-paper';

export const PaperKind = { SIGNED: 'SIGNED', FORM: 'FORM', PROOF: 'PROOF', OTHER: 'OTHER' } as const;
export type PaperKind = keyof typeof PaperKind;
registerEnumType(PaperKind, {
  name: 'PaperKind',
  description: 'What a paper is, as its sender said.',
  valuesConfig: {
    SIGNED: { description: 'A form of consent that was signed. It proves nothing until the care team confirms it.' },
    FORM: { description: 'An application or another form.' },
    PROOF: { description: 'A proof, such as a letter, a bill or a card.' },
  },
});

@ObjectType({ description: 'A paper that the patient, or somebody around them, sent the care team from their page.' })
export class PersonPaper extends StoredFile {
  /** Not part of the API. */
  patientId!: string;
  relatedPersonId!: string | null;
  referralId!: string | null;
  consentId!: string | null;

  @Field(() => PaperKind, { description: 'What it is, as its sender said.' })
  what!: PaperKind;

  @Field(() => String, { nullable: true, description: 'What its sender wrote about it.' })
  note!: string | null;

  @Field(() => Boolean, { description: 'Whether its sender keeps it off the page: it goes to no other agency.' })
  private!: boolean;

  @Field(() => DateTimeISO, { description: 'When it was sent.' })
  sentAt!: Date;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the care team looked at it; null until then.' })
  seenAt!: Date | null;

  @Field(() => DateTimeISO, { nullable: true, description: 'When the care team confirmed that.' })
  confirmedAt!: Date | null;
}

/** As PostgreSQL sends it. */
type Row = { [K in keyof PersonPaper]: PersonPaper[K] extends Date | null ? string | null : PersonPaper[K] };

export const PAPER = `p.file_id as id, '${PERSON_PAPER}' as kind, p.name, p.type, p.bytes, p.patient_id as "patientId",
  p.related_person_id as "relatedPersonId", p.referral_id as "referralId", p.what, p.note, p.private, p.sent_at as "sentAt",
  p.seen_at as "seenAt", p.consent_id as "consentId", p.confirmed_at as "confirmedAt"`;

/** Papers by a statement that selects `PAPER`. */
export async function readPapers(ctx: HubContext, sql: string, values: readonly unknown[]): Promise<PersonPaper[]> {
  const rows = await ctx.db.query<Row>(sql, values);
  return rows.map(({ sentAt, seenAt, confirmedAt, ...row }) =>
    Object.assign(new PersonPaper(), row, {
      sentAt: toDate(String(sentAt)),
      seenAt: toDateOrNull(seenAt),
      confirmedAt: toDateOrNull(confirmedAt),
    }),
  );
}

const ONE = `select ${PAPER} from hub.person_paper p where p.file_id = $1 and p.care_org_id = $2`;

/** One paper of the caller's organization or, by a page, of its reader; null when there is none for them. */
export async function paperById(ctx: HubContext, id: string): Promise<PersonPaper | null> {
  const { caller } = ctx;
  if (!caller?.reader && !caller?.permissions.has('patient.read')) return null;
  return (await readPapers(ctx, ONE, [id, caller.organizationId]))[0] ?? null;
}

/** The same, locked, to decide on it. */
export async function paperForUpdate(ctx: HubContext, id: string): Promise<PersonPaper> {
  const found = await readPapers(ctx, `${ONE} for update of p`, [id, ctx.caller?.organizationId ?? null]);
  return found[0] ?? fail.notFound('Paper');
}

defineFileKind({
  name: PERSON_PAPER,
  send: 'help.paper',
  async find(ctx, id) {
    const paper = await paperById(ctx, id);
    if (!paper) return null;
    if (!ctx.caller?.reader) {
      recordAccess(ctx, { action: 'paper.open', patientId: paper.patientId, entity: 'person_paper', entityId: id });
    } else {
      // What family sent, the person reads; what the person sent, nobody else.
      if (readerOf(ctx).patientId !== paper.patientId) return null;
      auditPage(ctx, 'help.paper');
    }
    const { kind, name, type, bytes } = paper;
    return { id, kind, name, type, bytes };
  },
});

const MOST = 100;
const OF_PATIENTS = `select * from (select ${PAPER}, row_number() over (partition by p.patient_id order by p.sent_at desc, p.file_id desc) as place
    from hub.person_paper p where p.patient_id = any ($1::uuid[]) and p.care_org_id = $2) found
  where place <= ${MOST} order by "patientId", place`;

/** Papers that came for a patient, the latest first. */
export const papersOf = manyBy<PersonPaper>(
  async (ctx, patientIds) => {
    const found = await readPapers(ctx, OF_PATIENTS, [patientIds, ctx.caller?.organizationId ?? null]);
    const detail = { count: found.length };
    if (found.length > 0) recordAccess(ctx, { action: 'paper.list', ...ofPatients(patientIds), entity: 'person_paper', detail }); // prettier-ignore
    return found;
  },
  (paper) => paper.patientId,
);

// What those around somebody who has died send is still theirs to send.
const UNSEEN = `from hub.person_paper p join hub.patient t on t.id = p.patient_id and (t.status <> 'DECEASED' or p.related_person_id is not null)
  where p.care_org_id = $1 and p.seen_at is null
    and ($2::uuid is null or exists (select from hub.assignment a where a.patient_id = p.patient_id and a.ends_at is null and a.user_id = $2)
      or not exists (select from hub.assignment a where a.patient_id = p.patient_id and a.ends_at is null))`;
const NEW = `select ${PAPER} ${UNSEEN} order by p.sent_at, p.file_id limit 20`;
/** The ids of papers that nobody has looked at: $1 the organization, $2 whose patients. */
export const NEW_PAPERS_FOR = `select p.file_id as id ${UNSEEN} order by p.file_id limit 100`;

/** Papers that nobody has looked at: of the own patients and of those whom nobody looks after, or of all. */
export async function newPapers(ctx: HubContext, userId: string | null): Promise<PersonPaper[]> {
  const found = await readPapers(ctx, NEW, [ctx.caller?.organizationId ?? null, userId]);
  const patientIds = [...new Set(found.map(({ patientId }) => patientId))];
  const detail = { count: found.length };
  if (found.length > 0) recordAccess(ctx, { action: 'paper.list', patientIds, entity: 'person_paper', detail });
  return found;
}
