import { enqueue, queueOf } from '../../platform/jobs/enqueue.js';
import { defineTask } from '../../platform/jobs/task.js';
import type { Words } from '../../platform/words.js';
import { ENDING, ENDING_FOR, endingBy } from '../consent/ending.js';
import { NEW_PAPERS_FOR } from '../paper/person-paper.js';
import { READERS, writeToTeam, type Reader } from './readers.js';

const ENDS = {
  subject: { en: 'Consents that end soon: {count}', es: 'Consentimientos que terminan pronto: {count}' },
  text: {
    en: 'In the next two weeks so many consents end: {count}. What agencies have not answered by then they cannot see any more. Ask the people whether they want to go on:\n{link}\n',
    es: 'En las próximas dos semanas terminan estos consentimientos: {count}. Lo que las organizaciones no hayan respondido hasta entonces ya no lo podrán ver. Pregunte a las personas si quieren seguir:\n{link}\n',
  },
} as const satisfies Record<string, Words>;
const PAPERS = {
  subject: { en: 'Papers that wait for you: {count}', es: 'Papeles que le esperan: {count}' },
  text: {
    en: 'Somebody sent papers to the care team: {count}. They wait on your page of today:\n{link}\n',
    es: 'Alguien envió papeles al equipo de atención: {count}. Esperan en su página de hoy:\n{link}\n',
  },
} as const satisfies Record<string, Words>;

/** So long others may follow, and whoever is at their desk sees them without a letter. */
const TOGETHER_MS = 10 * 60_000;

/** That consents of a reader's patients end soon. */
export const consentsEndLetter = defineTask<Reader>('caseload.consents-end-letter', async (reader, context) => {
  const now = context.platform.clock.now();
  const values = [now.toISOString(), endingBy(now), reader.organizationId, reader.userId];
  const ending = await context.db.query<{ id: string }>(`select c.id from ${ENDING_FOR} order by c.id`, values);
  await writeToTeam(
    context,
    reader,
    ENDS,
    ending.map(({ id }) => id),
  );
});

const TELL = `with people as (
    update hub.consent set end_told_at = $1::timestamptz
     where id in (select c.id from ${ENDING} and c.end_told_at is null and c.care_org_id <> hub.self_org()) returning patient_id)
  ${READERS}`;

/** Consents that have come within two weeks of their end are told of once; also those of days on which no worker ran. */
export const consentsEndSoon = defineTask<Record<string, never>>('caseload.consents-end-soon', (_, { db, platform }) =>
  db.write(async (em) => {
    const now = platform.clock.now();
    const readers = await db.query<Reader>(TELL, [now.toISOString(), endingBy(now)]);
    for (const reader of readers) {
      const { userId, organizationId } = reader;
      await enqueue(em, consentsEndLetter, reader, { jobKey: `consents end ${organizationId} ${userId}`, queue: queueOf(userId) }); // prettier-ignore
    }
  }),
);

/** That papers came which nobody has looked at. */
export const papersLetter = defineTask<Reader>('caseload.papers-letter', async (reader, context) => {
  const waiting = await context.db.query<{ id: string }>(NEW_PAPERS_FOR, [reader.organizationId, reader.userId]);
  await writeToTeam(
    context,
    reader,
    PAPERS,
    waiting.map(({ id }) => id),
  );
});

/** Whoever looks after the person learns that papers came: once for all that come within ten minutes. */
export const papersCame = defineTask<{ patientId: string }>('caseload.papers-came', ({ patientId }, { db, platform }) =>
  db.write(async (em) => {
    const people = 'with people as (select $1::uuid as patient_id)';
    const readers = await db.query<Reader>(`${people} ${READERS}`, [patientId]);
    const runAt = new Date(platform.clock.now().getTime() + TOGETHER_MS);
    for (const reader of readers) {
      const { userId, organizationId } = reader;
      await enqueue(em, papersLetter, reader, { runAt, jobKey: `papers ${organizationId} ${userId}`, queue: queueOf(userId) }); // prettier-ignore
    }
  }),
);
