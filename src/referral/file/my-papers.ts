import { Ctx, Field, FieldResolver, ObjectType, Resolver, Root } from 'type-graphql';
import type { HubContext } from '../../access/index.js';
import { auditPage, MyHelp, readerOf } from '../../caseload/index.js';
import { defineFileKind, StoredFile } from '../../identity/index.js';
import { toDate } from '../../platform/database/rows.js';
import { DateTimeISO } from '../../platform/graphql/scalars.js';

/** A paper that the care team shows to the person. */
const MY_PAPER = 'my-paper';

@ObjectType({ description: 'A part of a person’s page: a paper that the care team shows them.' })
export class MyPaper extends StoredFile {
  @Field(() => String, { description: 'Who sent it: the agency or the care organization.' })
  from!: string;

  @Field(() => String, { description: 'The service that it is about.' })
  service!: string;

  @Field(() => DateTimeISO, { description: 'Since when it is shown.' })
  shownAt!: Date;
}

interface Row extends StoredFile {
  from: string;
  service: string;
  shownAt: string;
}

/** The role of the page reads what was shown of this one person; that it is not a matter kept off the page is said here. */
const SHOWN = `select f.file_id as id, '${MY_PAPER}' as kind, f.name, f.type, f.bytes, o.name as "from", s.name as service, f.shown_at as "shownAt"
  from hub.referral_file f join hub.referral r on r.id = f.referral_id join hub.service s on s.id = r.service_id
  join hub.organization o on o.id = f.author_org_id
  where r.patient_id = $1 and r.from_org_id = $2 and f.shown_at is not null`;

defineFileKind({
  name: MY_PAPER,
  // It is shown, never sent by itself.
  send: null,
  async find(ctx, id) {
    const { reader } = ctx.caller ?? {};
    if (!reader || reader.relatedPersonId !== null) return null;
    const { patientId, careOrgId } = readerOf(ctx);
    const [row] = await ctx.db.query<Row>(`${SHOWN} and f.file_id = $3`, [patientId, careOrgId, id]);
    if (!row) return null;
    auditPage(ctx, 'help.paper');
    return { id: row.id, kind: row.kind, name: row.name, type: row.type, bytes: row.bytes };
  },
});

const LIST = `${SHOWN} and ($3 or (r.sensitivity = 'NONE' and not r.part2)) order by f.shown_at desc, f.file_id desc limit 100`;

@Resolver(() => MyHelp)
export class MyHelpPapers {
  @FieldResolver(() => [MyPaper], {
    description:
      'Papers and forms that the care team shows the person, the latest first; none for somebody around them.',
  })
  async papers(@Root() { reader, withPrivate }: MyHelp, @Ctx() ctx: HubContext): Promise<MyPaper[]> {
    if (reader !== null) return [];
    const { patientId, careOrgId } = readerOf(ctx);
    const rows = await ctx.db.query<Row>(LIST, [patientId, careOrgId, withPrivate]);
    return rows.map((row) => ({ ...row, shownAt: toDate(row.shownAt) }));
  }
}
