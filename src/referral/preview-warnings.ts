import { DateTime } from 'luxon';
import { languageOf, type HubContext } from '../access/index.js';
import { dayWords } from '../caseload/index.js';
import type { Capacity, Fit } from '../directory/index.js';
import { fill, type Words } from '../platform/words.js';
import { closedUntil } from './clock/closed-until.js';
import type { Prepared } from './prepare-referral.js';
import { tables } from './referral.queries.js';

const WARNINGS = {
  OPEN_ALREADY: {
    en: 'This patient already has an open referral to this service.',
    es: 'Esta persona ya tiene una referencia abierta a este servicio.',
  },
  NO_ACCOUNT: {
    en: 'This agency does not work in the hub yet: call it as well.',
    es: 'Esta organización todavía no usa el sistema: llámela también.',
  },
  NO_CAPACITY: {
    en: 'The service says it has no room right now.',
    es: 'El servicio dice que no tiene cupo en este momento.',
  },
  CLOSED: {
    en: 'They are closed until {day}. If it cannot wait, ask somebody else too.',
    es: 'Están cerrados hasta el {day}. Si no puede esperar, pregunte también en otro lugar.',
  },
  WAITLIST: { en: 'The service has a waiting list.', es: 'El servicio tiene lista de espera.' },
  NAMES_STAY: {
    en: 'First names of the household do not go along. For that the consent must name this agency, and nothing private may show.',
    es: 'Los nombres del hogar no se envían. Para eso el permiso debe nombrar a esta organización y no puede verse nada privado.',
  },
  NO_MATCH: { en: 'May not qualify: {rule}', es: 'Quizá no cumpla un requisito: {rule}' },
} as const satisfies Record<string, Words>;

/** Whether this patient was sent to this service already and nothing has ended it. */
export async function isOpenAlready(
  ctx: HubContext,
  { patient, service }: Pick<Prepared, 'patient' | 'service'>,
): Promise<boolean> {
  const found = await (
    await tables(ctx)
  )
    .selectFrom('hub.referral')
    .select('id')
    .where('patient_id', '=', patient.id)
    .where('from_org_id', '=', patient.careOrgId)
    .where('service_id', '=', service.id)
    .where('status', 'in', ['REQUESTED', 'ACCEPTED', 'IN_PROGRESS', 'ON_HOLD'])
    .limit(1)
    .execute();
  return found.length > 0;
}

/** What to know before sending: nothing of it stops the sender. */
export async function warningsOf(
  ctx: HubContext,
  prepared: Prepared,
  capacity: Capacity,
  fit: Fit | null,
): Promise<string[]> {
  const language = languageOf(ctx);
  const { service, to, clock } = prepared;
  const closed = closedUntil(clock, ctx.clock.now());
  const unfit = fit?.verdict === 'NO_MATCH' ? fit.failed : [];
  return [
    ...((await isOpenAlready(ctx, prepared)) ? [WARNINGS.OPEN_ALREADY[language]] : []),
    ...(to.claimedAt ? [] : [WARNINGS.NO_ACCOUNT[language]]),
    ...(capacity.status === 'NO_CAPACITY' ? [WARNINGS.NO_CAPACITY[language]] : []),
    ...(capacity.status === 'WAITLIST' ? [WARNINGS.WAITLIST[language]] : []),
    ...(closed
      ? [
          fill(WARNINGS.CLOSED, {
            day: dayWords(DateTime.fromJSDate(closed, { zone: clock.calendar.times.zone }).toISODate() ?? ''),
          })[language],
        ]
      : []),
    ...(prepared.namesStay ? [WARNINGS.NAMES_STAY[language]] : []),
    ...unfit.map((rule) => fill(WARNINGS.NO_MATCH, { rule })[language]),
    ...(service.alert ? [service.alert] : []),
  ];
}
